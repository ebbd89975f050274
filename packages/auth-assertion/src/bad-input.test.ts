import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { P256, PEM, pem, RSA, WHO, webAlgorithm } from "../test-support/keys.ts";
import { bearerAssertion } from "./bearer-assertion.ts";
import { clientAssertion } from "./client-assertion.ts";

describe("refuses, without quoting the key,", () => {
  const P8 = "expected a PKCS#8 private key that starts with -----BEGIN PRIVATE KEY-----, received";
  const KEY =
    "expected a private RSA, P-256, P-384, P-521 or Ed25519 key, as PEM text, JWK, CryptoKey or KeyObject, received";
  const jwk = P256.privateKey.export({ format: "jwk" });
  const { d: _d, ...publicJwk } = jwk;
  const oldPem = RSA.privateKey.export({ type: "pkcs1", format: "pem" });
  const locked = RSA.privateKey.export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase: "p",
  });
  const spki = RSA.publicKey.export({ type: "spki", format: "pem" });
  const lines = PEM.split("\n");
  const webPublic = P256.publicKey.toCryptoKey(webAlgorithm("ES256"), true, ["verify"]);
  const k256 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
  const convert = "convert it with openssl pkcs8 -topk8 -nocrypt";
  const one = { key: PEM };

  it.each<[string, object, string]>([
    ["neither key nor signer", {}, "key: expected a private key, or sign instead, received neither"],
    ["both", { ...one, sign: () => 1 }, "key: expected a private key, or sign instead, received both"],
    ["a number", { key: 7 }, `key: ${KEY} number`],
    ["an object that is nothing", { key: {} }, `key: ${KEY} an object without kty`],
    ["other text", { key: "s3cret" }, `key: ${P8} text without such a line`],
    ["PKCS#1", { key: oldPem }, `key: ${P8} -----BEGIN RSA PRIVATE KEY-----: ${convert}`],
    ["an encrypted key", { key: locked }, `key: ${P8} -----BEGIN ENCRYPTED PRIVATE KEY-----: ${convert}`],
    [
      "PKCS#1 after a certificate",
      { key: `-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n${oldPem}` },
      `key: ${P8} -----BEGIN RSA PRIVATE KEY-----: ${convert}`,
    ],
    ["a certificate", { key: "-----BEGIN CERTIFICATE-----" }, `key: ${P8} -----BEGIN CERTIFICATE-----`],
    ["a public key", { key: spki }, `key: ${P8} -----BEGIN PUBLIC KEY-----`],
    [
      "escaped line breaks",
      { key: PEM.replaceAll("\n", "\\n") },
      `key: ${P8} text with a backslash and an "n" instead of line breaks`,
    ],
    [
      "a key that lost a line",
      { key: lines.toSpliced(3, 1).join("\n") },
      `key: ${P8} one that is truncated or not base64`,
    ],
    [
      "a key that lost its end",
      { key: lines.slice(0, 9).join("\n") },
      `key: ${P8} one that is truncated or not base64`,
    ],
    ["another curve", { key: pem(k256) }, `key: ${P8} a key that is not RSA, P-256, P-384, P-521 or Ed25519`],
    ["another curve, as a KeyObject", { key: k256 }, `key: ${KEY} a KeyObject of the type ec`],
    ["a secret", { key: { kty: "oct", k: "abc" } }, `key: ${KEY} a JWK of another kind`],
    ["a public JWK", { key: publicJwk }, `key: ${KEY} a JWK without the private part, d`],
    ["a public KeyObject", { key: P256.publicKey }, `key: ${KEY} a KeyObject that is public`],
    ["a public CryptoKey", { key: webPublic }, `key: ${KEY} a CryptoKey that is public`],
    [
      "another key's algorithm",
      { ...one, algorithm: "ES256" },
      'algorithm: expected one of RS256, RS384, RS512, PS256, PS384, PS512, received "ES256"',
    ],
    [
      "a JWK that is for something else",
      { key: { ...jwk, alg: "ECDH-ES" } },
      'key.alg: expected ES256, received "ECDH-ES"',
    ],
    [
      "none",
      { ...one, algorithm: "none" },
      'algorithm: expected one of RS256, RS384, RS512, PS256, PS384, PS512, received "none"',
    ],
    [
      "a signer without algorithm",
      { sign: () => 1 },
      "algorithm: expected one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, received none",
    ],
    [
      "a signer that is not one",
      { sign: "arn:aws:kms", algorithm: "RS256" },
      "sign: expected a function, received string",
    ],
    [
      "an empty client id",
      { ...one, clientId: " " },
      'clientId: expected text, such as "app-4711", received an empty one',
    ],
    [
      "no audience",
      { ...one, audience: undefined },
      'audience: expected text, such as "https://auth.example.com/token", received none',
    ],
    [
      "half a second",
      { ...one, lifetime: 500 },
      "lifetime: expected whole seconds in milliseconds, at most 3600000, such as 60000, received 500",
    ],
    [
      "a lifetime of nothing",
      { ...one, lifetime: 0 },
      "lifetime: expected whole seconds in milliseconds, at most 3600000, such as 60000, received 0",
    ],
    [
      "a day",
      { ...one, lifetime: 86_400_000 },
      "lifetime: expected whole seconds in milliseconds, at most 3600000, such as 60000, received 86400000",
    ],
    [
      "another expiry",
      { ...one, claims: { exp: 1 } },
      "claims: expected none of iss, sub, aud, exp, iat, jti, which cannot be set here, received exp",
    ],
    [
      "another algorithm in the header",
      { ...one, header: { alg: "none" } },
      "header: expected none of alg, kid, crit, b64, which cannot be set here, received alg",
    ],
    ["claims in a list", { ...one, claims: [] }, "claims: expected an object, received an array"],
    [
      "claims that JSON has no form for",
      { ...one, claims: { a: 1n } },
      "claims: expected a value that JSON can represent, received one that it cannot",
    ],
    [
      "a clock that is none",
      { ...one, clock: {} },
      "clock: expected an object with the method now, such as Date, received object",
    ],
    [
      "a misspelt option",
      { ...one, keyID: "a" },
      'unknown option "keyID": expected one of clientId, key, sign, algorithm, audience, keyId, lifetime, claims, header, clock',
    ],
  ])("%s", (_name, options, message) => {
    expect(() => clientAssertion({ ...WHO, ...options } as never)).toThrow(new TypeError(message));
  });

  it("no options at all", () => {
    const message = new TypeError("options: expected an object, received undefined");
    expect(() => clientAssertion(undefined as never)).toThrow(message);
    expect(() => bearerAssertion(undefined as never)).toThrow(message);
  });

  it.each([
    [{ issuer: 7 }, 'issuer: expected text, such as "robot@project.example", received number'],
    [{ subject: "" }, 'subject: expected text, such as "ada@example.com", received an empty one'],
    [{ scope: ["a"] }, 'scope: expected text, such as "read write", received object'],
  ])("a bearer assertion with %j", (options, message) => {
    const given = { issuer: "a", audience: "b", key: PEM, ...options };
    expect(() => bearerAssertion(given as never)).toThrow(new TypeError(message));
  });

  it("a key that turns out to be broken, each time an assertion is asked for", async () => {
    const assertion = clientAssertion({ ...WHO, key: { ...jwk, d: "AAAA" } });
    const message = new TypeError(`key: ${KEY} one that Web Crypto cannot read`);
    for (let call = 0; call < 2; call++) await expect(assertion()).rejects.toThrow(message);
  });
});
