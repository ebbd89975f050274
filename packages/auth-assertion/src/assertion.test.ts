import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign as nodeSign,
} from "node:crypto";
import { fakeClock } from "@org/auth-core/testing";
import { decodeProtectedHeader, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { AssertionAlgorithm } from "./algorithms.ts";
import { bearerAssertion } from "./bearer-assertion.ts";
import { type ClientAssertionOptions, clientAssertion } from "./client-assertion.ts";

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const P521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const ED25519 = generateKeyPairSync("ed25519");
const START = Date.UTC(2026, 0, 1);
const WHO = { clientId: "app-4711", audience: "https://auth.acme.test/token" };

const pem = (key: KeyObject) => key.export({ type: "pkcs8", format: "pem" }) as string;
const PEM = pem(RSA.privateKey);
const verified = (jwt: string, key: KeyObject, at = START) =>
  jwtVerify(jwt, key, { currentDate: new Date(at), audience: WHO.audience });

describe("an assertion is signed", () => {
  const pairs: [AssertionAlgorithm, typeof RSA][] = [
    ["RS256", RSA],
    ["RS384", RSA],
    ["RS512", RSA],
    ["PS256", RSA],
    ["PS384", RSA],
    ["PS512", RSA],
    ["ES256", P256],
    ["ES384", P384],
    ["ES512", P521],
    ["EdDSA", ED25519],
  ];
  const forms: [string, (key: KeyObject, algorithm: AssertionAlgorithm) => unknown][] = [
    ["PEM text", pem],
    ["a JWK", (key) => key.export({ format: "jwk" })],
    ["a KeyObject", (key) => key],
    ["a CryptoKey", (key, algorithm) => key.toCryptoKey(webAlgorithm(algorithm), false, ["sign"])],
  ];
  it.each(
    pairs.flatMap(([algorithm, pair]) => forms.map(([name, form]) => ({ algorithm, name, form, pair }))),
  )("$algorithm by $name", async ({ algorithm, form, pair }) => {
    const key = form(pair.privateKey, algorithm) as string;
    const jwt = await clientAssertion({ ...WHO, key, algorithm, clock: fakeClock(START) })();
    expect((await verified(jwt, pair.publicKey)).protectedHeader).toEqual({ typ: "JWT", alg: algorithm });
  });

  it.each([
    ["RS256", RSA],
    ["ES256", P256],
    ["ES384", P384],
    ["ES512", P521],
    ["EdDSA", ED25519],
  ] as const)("by %s where only a key is given", async (alg, { privateKey }) => {
    for (const key of [pem(privateKey), privateKey, privateKey.export({ format: "jwk" })])
      expect(decodeProtectedHeader(await clientAssertion({ ...WHO, key })())).toEqual({ typ: "JWT", alg });
  });

  it("by the algorithm and the key id that a JWK names", async () => {
    const key = { ...RSA.privateKey.export({ format: "jwk" }), alg: "PS256", kid: "k1" };
    const header = async (options: object) =>
      decodeProtectedHeader(await clientAssertion({ ...WHO, key, ...options })());
    expect(await header({})).toEqual({ typ: "JWT", alg: "PS256", kid: "k1" });
    expect(await header({ keyId: "k2" })).toMatchObject({ kid: "k2" });
  });

  it("by what the algorithm of a CryptoKey is", async () => {
    const key = RSA.privateKey.toCryptoKey({ name: "RSA-PSS", hash: "SHA-384" }, false, ["sign"]);
    expect(decodeProtectedHeader(await clientAssertion({ ...WHO, key })()).alg).toBe("PS384");
  });
});

describe("an assertion says", () => {
  it("who the client is, to whom, and for how long, to the second", async () => {
    const clock = fakeClock(START + 999);
    const jwt = await clientAssertion({ ...WHO, key: PEM, clock })();
    const { payload } = await verified(jwt, RSA.publicKey, START + 59_999);
    const iat = START / 1000;
    const { clientId, audience } = WHO;
    expect(payload).toEqual({
      iss: clientId,
      sub: clientId,
      aud: audience,
      iat,
      exp: iat + 60,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await expect(verified(jwt, RSA.publicKey, START + 60_000)).rejects.toThrow(/exp/);
  });

  it("another jti and the time of each call", async () => {
    const clock = fakeClock(START);
    const assertion = clientAssertion({ ...WHO, key: PEM, clock, lifetime: 300_000 });
    const payloads = [];
    for (let call = 0; call < 3; call++) {
      payloads.push((await verified(await assertion(), RSA.publicKey, clock.now())).payload);
      await clock.advance(1000);
    }
    const start = START / 1000;
    expect(payloads.map(({ iat, exp }) => [iat, exp])).toEqual(
      [0, 1, 2].map((second) => [start + second, start + second + 300]),
    );
    expect(new Set(payloads.map(({ jti }) => jti)).size).toBe(3);
  });

  it("whom a bearer assertion is about and what for, where that is given", async () => {
    const common = { issuer: "robot@acme.test", audience: WHO.audience, key: PEM, clock: fakeClock(START) };
    const payload = async (options: object) =>
      (await verified(await bearerAssertion({ ...common, ...options })(), RSA.publicKey)).payload;
    expect(await payload({ subject: "ada", scope: "read write" })).toMatchObject({
      iss: "robot@acme.test",
      sub: "ada",
      scope: "read write",
    });
    expect(Object.keys(await payload({})).sort()).toEqual(["aud", "exp", "iat", "iss", "jti"]);
  });

  it("what more it is told, as it was when it was told", async () => {
    const claims = { tenant: "t1", nested: { a: 1 } };
    const header = { "x5t#S256": "abc", typ: "client-authentication+jwt" };
    const assertion = clientAssertion({ ...WHO, key: PEM, claims, header, clock: fakeClock(START) });
    claims.nested.a = 2;
    header.typ = "other";
    const { payload, protectedHeader } = await verified(await assertion(), RSA.publicKey);
    expect(payload).toMatchObject({ tenant: "t1", nested: { a: 1 } });
    expect(protectedHeader).toEqual({ alg: "RS256", "x5t#S256": "abc", typ: "client-authentication+jwt" });
  });
});

describe("a signer", () => {
  const remote = (sign: ClientAssertionOptions["sign"], algorithm: AssertionAlgorithm = "ES256") =>
    clientAssertion({ ...WHO, sign, algorithm, clock: fakeClock(START) } as ClientAssertionOptions);
  const es256 = (input: Uint8Array) =>
    nodeSign("sha256", input, { key: P256.privateKey, dsaEncoding: "ieee-p1363" });

  it("signs instead of a key, at each call, at once or later", async () => {
    const inputs: string[] = [];
    const assertion = remote(async (input) => {
      inputs.push(createHash("sha256").update(input).digest("hex"));
      return es256(input);
    });
    for (const jwt of [await assertion(), await assertion(), await remote(es256)()])
      expect((await verified(jwt, P256.publicKey)).payload.iss).toBe("app-4711");
    expect(new Set(inputs).size).toBe(2);
  });

  it("may give an ArrayBuffer, or a view on part of one", async () => {
    const whole = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
    const part = (bytes: Uint8Array) => new Uint8Array([0, ...bytes, 0]).subarray(1, -1);
    for (const form of [whole, part])
      await verified(await remote((input) => form(es256(input)))(), P256.publicKey);
  });

  it.each<[string, unknown, AssertionAlgorithm, string]>([
    ["nothing", undefined, "ES256", "expected a Uint8Array or an ArrayBuffer, received nothing"],
    ["text", "c2ln", "RS256", "expected a Uint8Array or an ArrayBuffer, received string"],
    [
      "a DER encoding",
      new Uint8Array(71),
      "ES256",
      "expected 64 bytes for ES256 (r and s, not their DER encoding), received 71",
    ],
    ["too few bytes", new Uint8Array(63), "EdDSA", "expected 64 bytes for EdDSA, received 63"],
    ["no bytes", new Uint8Array(), "RS256", "expected 256 bytes or more for RS256, received 0"],
  ])("that gives %s is one clear error", async (_name, signature, algorithm, problem) => {
    const error = new TypeError(`the signature that sign gave: ${problem}`);
    await expect(remote(() => signature as Uint8Array, algorithm)()).rejects.toThrow(error);
  });

  it("that fails is not hidden", async () => {
    const down = new Error("the KMS is down");
    await expect(remote(() => Promise.reject(down))()).rejects.toBe(down);
  });
});

describe("refuses, without a word of the key,", () => {
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
    ["a public key", { key: spki }, `key: ${P8} -----BEGIN PUBLIC KEY-----`],
    [
      "escaped line breaks",
      { key: PEM.replaceAll("\n", "\\n") },
      `key: ${P8} text with a backslash and an "n" instead of line breaks`,
    ],
    [
      "a key that lost a line",
      { key: lines.toSpliced(3, 1).join("\n") },
      `key: ${P8} one that is cut off or is not base64`,
    ],
    [
      "a key that lost its end",
      { key: lines.slice(0, 9).join("\n") },
      `key: ${P8} one that is cut off or is not base64`,
    ],
    [
      "another curve",
      { key: pem(k256) },
      `key: ${P8} a key of another kind than RSA, P-256, P-384, P-521 and Ed25519`,
    ],
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
      'algorithm: expected ES256, received "ECDH-ES"',
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
      "lifetime: expected milliseconds that are whole seconds, at most 3600000, such as 60000, received 500",
    ],
    [
      "a lifetime of nothing",
      { ...one, lifetime: 0 },
      "lifetime: expected milliseconds that are whole seconds, at most 3600000, such as 60000, received 0",
    ],
    [
      "a day",
      { ...one, lifetime: 86_400_000 },
      "lifetime: expected milliseconds that are whole seconds, at most 3600000, such as 60000, received 86400000",
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
      "claims: expected what JSON can hold, received a value that it cannot",
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

it("a key is known however its PEM text is written", async () => {
  for (const key of [PEM.replaceAll("\n", "\r\n"), `\n${PEM}\n`, pem(createPrivateKey(PEM)).trim()])
    await verified(await clientAssertion({ ...WHO, key, clock: fakeClock(START) })(), RSA.publicKey);
});

function webAlgorithm(algorithm: AssertionAlgorithm) {
  const hash = `SHA-${algorithm.slice(2)}`;
  if (algorithm.startsWith("RS")) return { name: "RSASSA-PKCS1-v1_5", hash };
  if (algorithm.startsWith("PS")) return { name: "RSA-PSS", hash };
  const curves: Record<string, string> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };
  const namedCurve = curves[algorithm];
  return namedCurve ? { name: "ECDSA", namedCurve } : { name: "Ed25519" };
}
