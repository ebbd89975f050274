import { randomBytes, randomUUID } from "node:crypto";

/** When a token says that it was issued and expires, in seconds since the epoch. */
export interface Claims {
  readonly issuedAt: number;
  readonly expiresAt: number;
}

interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

const RSA_BYTES = 256;
const SIGNATURE_BYTES: Readonly<Record<string, number>> = {
  HS256: 32,
  HS384: 48,
  HS512: 64,
  ES256: 64,
  ES384: 96,
  ES512: 132,
  EdDSA: 64,
};

/**
 * A new token that looks like the example: a JWT with the example's header and claims but its own `iat`, `exp` and `jti`,
 * and random bytes for a signature; else the example's short prefix (such as `sk-`) and 32 hex digits; else 43 random characters.
 */
export function mintLike(example: string, claims: Claims): string {
  const jwt = decodeJwt(example);
  if (jwt === undefined) return mintOpaqueLike(example);
  const { issuedAt: iat, expiresAt: exp } = claims;
  const payload = { ...jwt.payload, ...("jti" in jwt.payload && { jti: randomUUID() }), iat, exp };
  const signature = randomBytes(SIGNATURE_BYTES[String(jwt.header.alg)] ?? RSA_BYTES).toString("base64url");
  return `${encode(jwt.header)}.${encode(payload)}.${signature}`;
}

/** A new refresh token or authorization code that looks like the example. */
export function mintOpaqueLike(example: string): string {
  const prefix = /^[a-z]{2,4}[-_]/.exec(example)?.[0];
  return prefix === undefined
    ? randomBytes(32).toString("base64url")
    : prefix + randomBytes(16).toString("hex");
}

/** Header and claims of a three-part JWT, or `undefined` for any other string. */
export function decodeJwt(token: string): Jwt | undefined {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  const [header, payload] = parts.slice(0, 2).map(decode);
  return header && payload ? { header, payload } : undefined;
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
