import { createHash, createPrivateKey, type KeyObject, sign as nodeSign } from "node:crypto";
import { fakeClock } from "@org/auth-core/testing";
import { decodeProtectedHeader } from "jose";
import { describe, expect, it } from "vitest";
import {
  ED25519,
  P256,
  P384,
  P521,
  PEM,
  pem,
  RSA,
  START,
  verified,
  WHO,
  webAlgorithm,
} from "../test-support/keys.ts";
import type { AssertionAlgorithm } from "./algorithms.ts";
import { bearerAssertion } from "./bearer-assertion.ts";
import { type ClientAssertionOptions, clientAssertion } from "./client-assertion.ts";

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

  it("by the algorithm of a CryptoKey", async () => {
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

  it("further claims and header members, as they were when they were given", async () => {
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

  it("signs instead of a key, at each call, synchronously or not", async () => {
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
  ])("that returns %s causes one clear error", async (_name, signature, algorithm, problem) => {
    const error = new TypeError(`the signature that sign returned: ${problem}`);
    await expect(remote(() => signature as Uint8Array, algorithm)()).rejects.toThrow(error);
  });

  it("that fails is not hidden", async () => {
    const down = new Error("the KMS is down");
    await expect(remote(() => Promise.reject(down))()).rejects.toBe(down);
  });
});

/** As `openssl pkcs12 -nodes` prints a key and its certificate. */
const EXPORTED = `Bag Attributes
    friendlyName: ACME\\nadia
    localKeyID: 01
-----BEGIN CERTIFICATE-----
MIIB
-----END CERTIFICATE-----
Key Attributes: <No Attributes>
${PEM}`;

it("a key is known however its PEM text is written", async () => {
  for (const key of [PEM.replaceAll("\n", "\r\n"), `\n${PEM}\n`, pem(createPrivateKey(PEM)).trim(), EXPORTED])
    await verified(await clientAssertion({ ...WHO, key, clock: fakeClock(START) })(), RSA.publicKey);
});
