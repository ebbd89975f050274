// As Jest takes it without any configuration, which is CommonJS.
const { generateKeyPairSync } = require("node:crypto");
const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { authorizedFetch, createTokenCache, TokenRequestError } = require("@org/auth-core");
const { encryptedStore, memoryStore } = require("@org/auth-core/store");
const { fakeClock, scriptedTokenSource } = require("@org/auth-core/testing");
const { requestToken } = require("@org/auth-core/vendor");
const { creates } = require("../vendors.cjs");

const entries = new Map();
const redis = {
  GET: async (key) => entries.get(key) ?? null,
  SET: async (key, value, { condition }) =>
    condition && entries.has(key) ? null : entries.set(key, value) && "OK",
  EVAL: async (_script, { keys: [key] }) => Number(entries.delete(key)),
};
const { url, credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const answer = { accessToken: "a", expiresAt: 3600_000 };
const stores = {
  memory: () => memoryStore(),
  encrypted: () =>
    encryptedStore(memoryStore(), [{ id: "a", key: crypto.getRandomValues(new Uint8Array(32)) }]),
  "encrypted with a Buffer": () => encryptedStore(memoryStore(), [{ id: "a", key: Buffer.alloc(32, 1) }]),
  file: () => require("@org/auth-file").fileStore(mkdtempSync(join(tmpdir(), "tokens-"))),
  redis: () => require("@org/auth-redis").redisStore(redis),
};

test.each(Object.entries(stores))("a cache shares through a store: %s", async (_, create) => {
  const [store, clock, source] = [create(), fakeClock(0), scriptedTokenSource([answer])];
  for (const _ of [1, 2]) await createTokenCache(source, { clock, store, storeKey: "key" }).getToken();
  expect(source.requests).toHaveLength(1);
});

test.each(Object.entries(creates))("a client gets and uses a token: %s", async (vendor, create) => {
  const tokens = create(credentials[vendor], { baseUrl: `${url}/${vendor}` });
  const response = await authorizedFetch(tokens)(`${tokens.baseUrl}/whoami`);
  expect(await response.json()).toMatchObject({ vendor });
});

test("an assertion is signed", async () => {
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const sign = require("@org/auth-assertion").clientAssertion({ clientId: "a", audience: "b", key });
  expect((await sign()).split(".")).toHaveLength(3);
});

test("an error of a client is known", async () => {
  const source = scriptedTokenSource([
    new TokenRequestError({ vendor: "a", code: "timeout", detail: "late" }),
  ]);
  await expect(createTokenCache(source).getToken()).rejects.toBeInstanceOf(TokenRequestError);
  expect(typeof requestToken).toBe("function");
});
