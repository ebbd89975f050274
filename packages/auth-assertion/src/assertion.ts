import { type SignWith, signerOf } from "./signer.ts";

/** What client assertions and bearer assertions have in common. */
export interface AssertionOptions {
  /** Who the assertion is for (`aud`), as the vendor's page says: the URL of its token endpoint, or its issuer identifier. */
  readonly audience: string;
  /** Which key it is (`kid` in the header). Default: the JWK's `kid`, else none. */
  readonly keyId?: string | undefined;
  /** How long the assertion is valid, in milliseconds: whole seconds, at most 3,600,000. Default 60,000. */
  readonly lifetime?: number | undefined;
  /** Additional claims. Those that this package sets cannot be replaced. Default: none. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Additional header parameters, such as `x5t#S256`, or a `typ` other than `JWT`. Default: none. */
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  /** Where time comes from, in milliseconds since the epoch. Default: the machine's. */
  readonly clock?: { now(): number } | undefined;
}

/** Claims that are new in each assertion. */
const MADE = ["aud", "exp", "iat", "jti"];
/** `crit` would demand something unsupported; `b64` would change what is signed. */
const HEADER_MADE = ["alg", "kid", "crit", "b64"];
const COMMON: readonly string[] = [
  "key",
  "sign",
  "algorithm",
  "audience",
  "keyId",
  "lifetime",
  "claims",
  "header",
  "clock",
];
const DEFAULT_LIFETIME = 60_000;
const LONGEST_LIFETIME = 3_600_000;

/**
 * A function that makes a new assertion each time.
 *
 * @param identity - returns the claims that say who it is from and about; called once the option names are known to be valid
 * @param names - of all options that are valid besides the common ones
 * @throws {TypeError} naming the option that is unknown or wrong; it never contains a key.
 */
export function assertionFrom(
  options: AssertionOptions & SignWith,
  identity: () => Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): () => Promise<string> {
  refuseUnknown(options, [...names, ...COMMON]);
  const { audience, keyId, lifetime = DEFAULT_LIFETIME, clock = Date } = options;
  if (typeof (Object(clock) as { now?: unknown }).now !== "function") {
    throw new TypeError(
      `clock: expected an object with the method now, such as Date, received ${kindOf(clock)}`,
    );
  }
  const signer = signerOf(options);
  const seconds = checkedSeconds(lifetime);
  const who = Object.fromEntries(Object.entries(identity()).filter(([, value]) => value !== undefined));
  const more = checkedMembers("claims", options.claims, [...Object.keys(who), ...MADE]);
  const kid = keyId === undefined ? signer.keyId : checkedText("keyId", keyId, "2026-01");
  const header = {
    typ: "JWT",
    ...checkedMembers("header", options.header, HEADER_MADE),
    alg: signer.algorithm,
    ...(kid !== undefined && { kid }),
  };
  const aud = checkedText("audience", audience, "https://auth.example.com/token");
  return () => {
    const iat = Math.floor(clock.now() / 1000);
    return signer.jwt(header, { ...more, ...who, aud, iat, exp: iat + seconds, jti: crypto.randomUUID() });
  };
}

/** @throws {TypeError} for anything but non-empty text. */
export function checkedText(name: string, value: unknown, example: string): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  const received =
    value === undefined
      ? "none"
      : value === null
        ? "null"
        : typeof value === "string"
          ? "an empty one"
          : typeof value;
  throw new TypeError(`${name}: expected text, such as ${JSON.stringify(example)}, received ${received}`);
}

function checkedSeconds(lifetime: unknown): number {
  const seconds = Number(lifetime) / 1000;
  if (
    typeof lifetime === "number" &&
    Number.isInteger(seconds) &&
    seconds > 0 &&
    lifetime <= LONGEST_LIFETIME
  )
    return seconds;
  throw new TypeError(
    `lifetime: expected whole seconds in milliseconds, at most ${LONGEST_LIFETIME}, such as ${DEFAULT_LIFETIME}, received ${String(lifetime)}`,
  );
}

/** A copy, so that it stays as it was checked. */
function checkedMembers(name: string, value: unknown, made: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`${name}: expected an object, received ${kindOf(value)}`);
  }
  const taken = made.find((member) => Object.hasOwn(value, member));
  if (taken !== undefined) {
    throw new TypeError(
      `${name}: expected none of ${made.join(", ")}, which cannot be set here, received ${taken}`,
    );
  }
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    throw new TypeError(`${name}: expected a value that JSON can represent, received one that it cannot`);
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "an array";
  return value === null ? "null" : typeof value;
}

function refuseUnknown(options: unknown, names: readonly string[]): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`options: expected an object, received ${kindOf(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(`unknown option ${JSON.stringify(unknown)}: expected one of ${names.join(", ")}`);
}
