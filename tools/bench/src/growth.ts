import { createTokenCache } from "@org/auth-core";
import { createContitTokenPool } from "@org/contit-client";
import { SECRET } from "./scenario.ts";
import { loadSubject } from "./subjects/subject-list.ts";

// The process that holds many caches: `node --expose-gc growth.ts <subject> <caches>`.
const [subjectId = "", caches = "1"] = process.argv.slice(2);
const count = Number(caches);
const LOOKUPS = 200_000;

// Answers at once: what is measured is what stays, not how it got there.
globalThis.fetch = async () =>
  Response.json({ access_token: `token-${Math.random()}`, token_type: "Bearer", expires_in: 3600 });

const pool =
  subjectId === "pool"
    ? createContitTokenPool((clientId) => ({ grant: "client_credentials", clientId, clientSecret: SECRET }), {
        max: count + 1,
      })
    : undefined;
const make = await maker();
await make(); // so that what is loaded on first use does not count
const before = await heap();
const tenants = new Map<string, () => unknown>();
for (let i = 0; i < count; i++) {
  const key = `tenant-${i}`;
  if (pool) await pool.get(key).getToken();
  else tenants.set(key, await make());
}
const perCache = ((await heap()) - before) / count;

const rounds: number[] = [];
for (let round = 0; round < 5; round++) rounds.push(await lookUp());
rounds.sort((a, b) => a - b);
process.stdout.write(`${JSON.stringify({ bytes: Math.round(perCache), ns: rounds[2] })}\n`);
process.exit(0);

/** Makes one cache that holds a token, and returns its cached call. */
async function maker(): Promise<() => Promise<() => unknown>> {
  if (pool) {
    const { get } = pool;
    return async () => get("first").getToken;
  }
  if (subjectId === "createTokenCache") {
    return async () => {
      const { getToken } = createTokenCache(async () => ({ accessToken: `token-${Math.random()}` }));
      await getToken();
      return () => getToken();
    };
  }
  const subject = await loadSubject(subjectId);
  return async () => {
    const client = await subject.create({ url: "http://127.0.0.1:1", secret: SECRET });
    await client.getToken();
    return client.cached ?? (() => client.getToken());
  };
}

/** Several times, since what a request leaves behind is let go of a few turns later. */
async function heap(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

/** Nanoseconds to find one of the caches and get its token. */
async function lookUp(): Promise<number> {
  let next = 1;
  const start = performance.now();
  for (let i = 0; i < LOOKUPS; i++) {
    // A walk that visits the tenants in no order that the machine could foresee.
    next = (next * 48_271) % 2_147_483_647;
    const key = `tenant-${next % count}`;
    await (pool ? pool.get(key).getToken() : tenants.get(key)?.());
  }
  return ((performance.now() - start) * 1e6) / LOOKUPS;
}
