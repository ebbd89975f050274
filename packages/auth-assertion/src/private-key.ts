import { importJWK, importPKCS8, type JWK } from "jose";
import { type AssertionAlgorithm, algorithmsOf, checkedAlgorithm, type KeyKind } from "./algorithms.ts";
import { findPkcs8 } from "./pkcs8.ts";

/** The members that are used of a Node.js `KeyObject`, as `createPrivateKey` makes it. */
export interface KeyObjectLike {
  readonly type: string;
  readonly asymmetricKeyType?: string | undefined;
  readonly asymmetricKeyDetails?: { readonly namedCurve?: string | undefined } | undefined;
}

/** A private key: PEM text (PKCS#8, unencrypted), a JWK, a `CryptoKey` that may sign, or a `KeyObject` of Node.js. */
export type PrivateKey = string | JsonWebKey | CryptoKey | KeyObjectLike;

/** A recognised private key. */
export interface KnownKey {
  /** The algorithms that it can be used with, the usual one first. */
  readonly algorithms: readonly AssertionAlgorithm[];
  /** The `kid` of a JWK. */
  readonly keyId?: string | undefined;
  /** Returns the key for signing; it is parsed at most once. */
  readonly load: (algorithm: AssertionAlgorithm) => Promise<CryptoKey | KeyObjectLike>;
}

/** @throws {TypeError} for anything that is not a private key of a known kind; it never quotes the key. */
export function knownKey(key: unknown): KnownKey {
  if (typeof key === "string") {
    const { kind, text } = findPkcs8(key);
    return { algorithms: algorithmsOf(kind), load: parsedOnce((algorithm) => importPKCS8(text, algorithm)) };
  }
  if (typeof key !== "object" || key === null) throw unexpected(key === undefined ? "none" : typeof key);
  // By name and not by class, since Jest has its own classes.
  const name = (key as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
  if (name === "CryptoKey") return fromCryptoKey(key as CryptoKey);
  if (name === "KeyObject") return fromKeyObject(key as KeyObjectLike);
  if ("kty" in key) return fromJwk({ ...key } as JWK);
  throw unexpected("an object without kty");
}

function fromJwk(jwk: JWK): KnownKey {
  const kind = jwk.kty === "RSA" ? "RSA" : CURVES[String(jwk.crv)];
  if (!kind || jwk.kty !== KEY_TYPES[kind]) throw unexpected("a JWK of another kind");
  if (typeof jwk.d !== "string") throw unexpected("a JWK without the private part, d");
  const usable = algorithmsOf(kind);
  return {
    algorithms: jwk.alg === undefined ? usable : [checkedAlgorithm(jwk.alg, usable, "key.alg")],
    keyId: jwk.kid,
    load: parsedOnce(async (algorithm) => (await importJWK(jwk, algorithm)) as CryptoKey),
  };
}

function fromCryptoKey(key: CryptoKey): KnownKey {
  checkPrivate(key.type, "a CryptoKey");
  if (!key.usages.includes("sign")) throw unexpected('a CryptoKey whose usages do not have "sign"');
  const { name, hash, namedCurve } = key.algorithm as {
    name: string;
    hash?: { name: string };
    namedCurve?: string;
  };
  const bits = hash?.name.replace("SHA-", "");
  if (name === "RSASSA-PKCS1-v1_5") return held(key, [checkedAlgorithm(`RS${bits}`)]);
  if (name === "RSA-PSS") return held(key, [checkedAlgorithm(`PS${bits}`)]);
  const kind = CURVES[namedCurve ?? name];
  if (!kind || (kind !== "Ed25519" && name !== "ECDSA")) throw unexpected(`a CryptoKey for ${name}`);
  return held(key, algorithmsOf(kind));
}

function fromKeyObject(key: KeyObjectLike): KnownKey {
  checkPrivate(key.type, "a KeyObject");
  const { asymmetricKeyType: type = "", asymmetricKeyDetails } = key;
  const kind = type === "rsa" ? "RSA" : CURVES[asymmetricKeyDetails?.namedCurve ?? type];
  if (!kind) throw unexpected(`a KeyObject of the type ${type}`);
  return held(key, algorithmsOf(kind));
}

/** As JWK, Web Crypto and Node.js call them. */
const CURVES: Readonly<Record<string, KeyKind>> = {
  "P-256": "P-256",
  "P-384": "P-384",
  "P-521": "P-521",
  Ed25519: "Ed25519",
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521",
  ed25519: "Ed25519",
};

const KEY_TYPES: Readonly<Record<KeyKind, string>> = {
  RSA: "RSA",
  "P-256": "EC",
  "P-384": "EC",
  "P-521": "EC",
  Ed25519: "OKP",
};

function held(key: CryptoKey | KeyObjectLike, algorithms: readonly AssertionAlgorithm[]): KnownKey {
  return { algorithms, load: async () => key };
}

function parsedOnce(parse: (algorithm: AssertionAlgorithm) => Promise<CryptoKey>): KnownKey["load"] {
  let parsed: Promise<CryptoKey> | undefined;
  return (algorithm) => {
    // The parser's error may quote the key.
    parsed ??= parse(algorithm).catch(() => {
      throw unexpected("one that Web Crypto cannot read");
    });
    return parsed;
  };
}

function checkPrivate(type: string, what: string): void {
  if (type !== "private") throw unexpected(`${what} that is ${type}`);
}

function unexpected(received: string): TypeError {
  return new TypeError(
    `key: expected a private RSA, P-256, P-384, P-521 or Ed25519 key, as PEM text, JWK, CryptoKey or KeyObject, received ${received}`,
  );
}
