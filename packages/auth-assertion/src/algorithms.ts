/**
 * How an assertion is signed.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc7518#section-3.1 RFC 7518, section 3.1}, and RFC 8037 for `EdDSA`
 */
export type AssertionAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA";

/** The kind of a private key, which determines its algorithms. */
export type KeyKind = "RSA" | "P-256" | "P-384" | "P-521" | "Ed25519";

interface Algorithm {
  readonly kind: KeyKind;
  /** Length of a signature in bytes; for RSA, it depends on the key. */
  readonly bytes?: number;
}

const RSA: Algorithm = { kind: "RSA" };

/** The first algorithm of each kind is the default for a key of that kind. */
const ALGORITHMS: Readonly<Record<AssertionAlgorithm, Algorithm>> = {
  RS256: RSA,
  RS384: RSA,
  RS512: RSA,
  PS256: RSA,
  PS384: RSA,
  PS512: RSA,
  ES256: { kind: "P-256", bytes: 64 },
  ES384: { kind: "P-384", bytes: 96 },
  ES512: { kind: "P-521", bytes: 132 },
  EdDSA: { kind: "Ed25519", bytes: 64 },
};

const NAMES = Object.keys(ALGORITHMS) as AssertionAlgorithm[];

/** The algorithms that a key of this kind can be used with, the usual one first. */
export function algorithmsOf(kind: KeyKind): AssertionAlgorithm[] {
  return NAMES.filter((name) => ALGORITHMS[name].kind === kind);
}

/** @throws {TypeError} for anything that is not an algorithm of this list. */
export function checkedAlgorithm(
  value: unknown,
  expected: readonly AssertionAlgorithm[] = NAMES,
  name = "algorithm",
): AssertionAlgorithm {
  const algorithm = expected.find((known) => known === value);
  if (algorithm) return algorithm;
  const received =
    typeof value === "string" ? JSON.stringify(value) : value === undefined ? "none" : typeof value;
  throw new TypeError(
    `${name}: expected ${expected.length > 1 ? "one of " : ""}${expected.join(", ")}, received ${received}`,
  );
}

/** What is wrong with the length of a signature, or `undefined`. RSA keys have 2048 to 16384 bits. */
export function lengthProblem(algorithm: AssertionAlgorithm, length: number): string | undefined {
  const { bytes } = ALGORITHMS[algorithm];
  if (bytes === undefined) {
    return length >= 256 && length <= 2048
      ? undefined
      : `expected 256 bytes or more for ${algorithm}, received ${length}`;
  }
  if (length === bytes) return undefined;
  const encoding = algorithm.startsWith("ES") ? " (r and s, not their DER encoding)" : "";
  return `expected ${bytes} bytes for ${algorithm}${encoding}, received ${length}`;
}
