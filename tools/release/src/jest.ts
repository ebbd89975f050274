import { cacheFunction, REDIS } from "./consumer-programs.ts";
import { run } from "./processes.ts";
import { node } from "./runtimes.ts";
import { toolScript } from "./toolbox.ts";

/** The versions of Jest that packages are loaded by. */
export const JESTS: readonly string[] = ["jest-29", "jest-30"];

/** A test as Jest takes it without any configuration, which is CommonJS. */
export function JEST_PROGRAM(vendors: readonly string[]): string {
  return `const { generateKeyPairSync } = require("node:crypto");
const { mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { authorizedFetch, createTokenCache, TokenRequestError } = require("@org/auth-core");
const { encryptedStore, memoryStore } = require("@org/auth-core/store");
const { fakeClock, scriptedTokenSource } = require("@org/auth-core/testing");
const { requestToken } = require("@org/auth-core/vendor");

${REDIS}
const { url, credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const answer = { accessToken: "a", expiresAt: 3600_000 };
const stores = {
  memory: () => memoryStore(),
  encrypted: () => encryptedStore(memoryStore(), [{ id: "a", key: crypto.getRandomValues(new Uint8Array(32)) }]),
  "encrypted with a Buffer": () => encryptedStore(memoryStore(), [{ id: "a", key: Buffer.alloc(32, 1) }]),
  file: () => require("@org/auth-file").fileStore(mkdtempSync(join(tmpdir(), "tokens-"))),
  redis: () => require("@org/auth-redis").redisStore(redis),
};

test.each(Object.entries(stores))("a cache shares through a store: %s", async (_, create) => {
  const [store, clock, source] = [create(), fakeClock(0), scriptedTokenSource([answer])];
  for (const _ of [1, 2]) await createTokenCache(source, { clock, store, storeKey: "key" }).getToken();
  expect(source.requests).toHaveLength(1);
});

test.each(${JSON.stringify(vendors.map((vendor) => [vendor, cacheFunction(vendor)]))})("a client gets and uses a token: %s", async (vendor, create) => {
  const tokens = require(\`@org/\${vendor}-client\`)[create](credentials[vendor], { baseUrl: \`\${url}/\${vendor}\` });
  const response = await authorizedFetch(tokens)(\`\${tokens.baseUrl}/whoami\`);
  expect(await response.json()).toMatchObject({ vendor });
});

test("an assertion is signed", async () => {
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const sign = require("@org/auth-assertion").clientAssertion({ clientId: "a", audience: "b", key });
  expect((await sign()).split(".")).toHaveLength(3);
});

test("an error of a client is known", async () => {
  const source = scriptedTokenSource([new TokenRequestError({ vendor: "a", code: "timeout", detail: "late" })]);
  await expect(createTokenCache(source).getToken()).rejects.toBeInstanceOf(TokenRequestError);
  expect(typeof requestToken).toBe("function");
});
`;
}

/** A test with the sandbox in its process. */
export const JEST_SANDBOX_PROGRAM: string = `test("the sandbox runs in the same process", async () => {
  const { createSandbox } = require("@org/auth-sandbox");
  const { fetch, vendors } = await createSandbox();
  for (const { baseUrl } of Object.values(vendors)) expect((await fetch(baseUrl + "/whoami")).status).toBe(401);
});
`;

/**
 * Runs tests of a folder with one Jest on one Node.js, and returns how many passed.
 *
 * @param filter - a part of their paths
 */
export async function runJest(
  cwd: string,
  jest: string,
  nodeVersion: string,
  facts: string,
  filter: readonly string[] = [],
): Promise<string> {
  const { binary, version } = await node(nodeVersion);
  // A busy machine takes longer than Jest's five seconds.
  const words = [toolScript(jest), ...filter, "--json", "--silent", "--testTimeout=60000"];
  const printed = await run(binary, words, { cwd, env: { SANDBOX_FACTS: facts } });
  return `${JSON.parse(printed).numPassedTests} tests on ${version}`;
}
