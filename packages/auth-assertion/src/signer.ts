import { base64url, type JWTPayload, type KeyInput, SignJWT } from "jose";
import { type AssertionAlgorithm, checkedAlgorithm, lengthProblem } from "./algorithms.ts";
import { knownKey, type PrivateKey } from "./private-key.ts";

/**
 * Signs bytes with a key that is elsewhere, such as in a KMS. Errors that it throws reach the caller of the assertion.
 *
 * @param input - the bytes to sign, before hashing
 * @returns the signature in the form of RFC 7518: for ECDSA `r` and `s` side by side, not their DER encoding
 */
export type Sign = (input: Uint8Array<ArrayBuffer>) => SignatureBytes | Promise<SignatureBytes>;

type SignatureBytes = Uint8Array | ArrayBuffer;

/** How an assertion is signed: with a private key, or by a function. */
export type SignWith =
  | {
      /** The private key. It is parsed once. */
      readonly key: PrivateKey;
      readonly sign?: undefined;
      /** Default: the JWK's `alg`, else the usual one for the key: `RS256`, `ES256`, `ES384`, `ES512` or `EdDSA`. */
      readonly algorithm?: AssertionAlgorithm | undefined;
    }
  | {
      /** Signs with a key that is elsewhere, such as in a KMS. */
      readonly sign: Sign;
      readonly key?: undefined;
      /** The algorithm that `sign` uses. */
      readonly algorithm: AssertionAlgorithm;
    };

/** Makes a signed JWT from claims. */
export interface Signer {
  readonly algorithm: AssertionAlgorithm;
  /** The `kid` that comes with the key. */
  readonly keyId?: string | undefined;
  readonly jwt: (header: JwtHeader, claims: JWTPayload) => Promise<string>;
}

/** The header of a JWT. */
export interface JwtHeader extends Readonly<Record<string, unknown>> {
  readonly alg: AssertionAlgorithm;
}

/** @throws {TypeError} for a key that cannot be used, an algorithm that does not fit it, and neither or both of `key` and `sign`. */
export function signerOf({ key, sign, algorithm }: SignWith): Signer {
  if ((key === undefined) === (sign === undefined)) {
    throw new TypeError(
      `key: expected a private key, or sign instead, received ${key === undefined ? "neither" : "both"}`,
    );
  }
  if (sign !== undefined) return remoteSigner(sign, algorithm);
  const known = knownKey(key);
  const used = checkedAlgorithm(algorithm ?? known.algorithms[0], known.algorithms);
  return {
    algorithm: used,
    keyId: known.keyId,
    jwt: async (header, claims) =>
      new SignJWT(claims).setProtectedHeader(header).sign((await known.load(used)) as KeyInput),
  };
}

function remoteSigner(sign: unknown, algorithm: AssertionAlgorithm | undefined): Signer {
  if (typeof sign !== "function") throw new TypeError(`sign: expected a function, received ${typeof sign}`);
  const used = checkedAlgorithm(algorithm);
  return {
    algorithm: used,
    jwt: async (header, claims) => {
      const input = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
      const signature = signatureBytes(await sign(new TextEncoder().encode(input)));
      const problem = lengthProblem(used, signature.length);
      if (problem) throw new TypeError(`the signature that sign returned: ${problem}`);
      return `${input}.${base64url.encode(signature)}`;
    },
  };
}

/** Recognised without their class, since Jest has its own classes. */
function signatureBytes(value: unknown): Uint8Array {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (Object.prototype.toString.call(value) === "[object ArrayBuffer]")
    return new Uint8Array(value as ArrayBuffer);
  const received = value === null ? "null" : value === undefined ? "nothing" : typeof value;
  throw new TypeError(
    `the signature that sign returned: expected a Uint8Array or an ArrayBuffer, received ${received}`,
  );
}
