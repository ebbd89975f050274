import { setTimeout as sleep } from "node:timers/promises";
import { createTokenCache, createTokenPool, type TokenCache } from "@org/auth-core";
import { createContitTokenPool } from "@org/contit-client";
import { SECRET } from "../behaviour/program.ts";
import { medianOf } from "../statistics.ts";
import { loadSubject } from "../subjects.ts";

// The process that holds many caches: `node --expose-gc many-caches.ts <subject> <caches>`.
const [subject = "", caches = "1"] = process.argv.slice(2);
const count = Number(caches);
const LOOKUPS = 200_000;
/** Where nothing listens. */
const URL = "http://127.0.0.1:1";

/** Caches by the name of the tenant whose tokens they cache. */
interface Tenants {
  /** Makes a tenant's cache and gets its first token. */
  add(tenant: string): Promise<unknown>;
  /** Finds a tenant's cache and gets its cached token. */
  ask(tenant: string): unknown;
}

// Responds immediately: only what stays in memory is measured, not how it got there.
globalThis.fetch = async () =>
  Response.json({ access_token: `token-${Math.random()}`, token_type: "Bearer", expires_in: 3600 });
const source = async () => ({ accessToken: `token-${Math.random()}` });

const prepare = await preparation();
await prepare().add("first"); // so that what is loaded on first use does not count
const before = await heap();
const tenants = prepare();
for (let i = 0; i < count; i++) await tenants.add(`tenant-${i}`);
const bytes = Math.round(((await heap()) - before) / count);

const rounds: number[] = [];
for (let round = 0; round < 5; round++) rounds.push(await lookUp());
process.stdout.write(`${JSON.stringify({ bytes, ns: medianOf(rounds) })}\n`);
process.exit(0);

async function preparation(): Promise<() => Tenants> {
  if (subject === "createTokenCache") {
    return () =>
      inMap(() => {
        const { getToken } = createTokenCache(source);
        return () => getToken();
      });
  }
  if (subject === "createTokenPool") {
    return () => inPool(createTokenPool(() => createTokenCache(source), { max: count }));
  }
  if (subject === "pool") {
    const credentialsOf = (clientId: string) =>
      ({ grant: "client_credentials", clientId, clientSecret: SECRET }) as const;
    return () => inPool(createContitTokenPool(credentialsOf, { baseUrl: URL, max: count }));
  }
  const create = await loadSubject(subject);
  return () =>
    inMap(() => {
      const client = create({ url: URL, secret: SECRET });
      return client.cached ?? (() => client.getToken());
    });
}

function inMap(make: () => () => unknown): Tenants {
  const calls = new Map<string, () => unknown>();
  return {
    async add(tenant) {
      const call = make();
      await call();
      calls.set(tenant, call);
    },
    ask: (tenant) => calls.get(tenant)?.(),
  };
}

function inPool(pool: { get(tenant: string): TokenCache }): Tenants {
  const ask = (tenant: string) => pool.get(tenant).getToken();
  return { add: ask, ask };
}

/** Several times, since what a request leaves behind is released a few turns later. */
async function heap(): Promise<number> {
  for (let turn = 0; turn < 4; turn++) {
    globalThis.gc?.();
    await sleep(20);
  }
  return process.memoryUsage().heapUsed;
}

/** Nanoseconds to find one of the caches and get its token. */
async function lookUp(): Promise<number> {
  let next = 1;
  const start = performance.now();
  for (let i = 0; i < LOOKUPS; i++) {
    // Visits the tenants in an order that the machine cannot predict.
    next = (next * 48_271) % 2_147_483_647;
    await tenants.ask(`tenant-${next % count}`);
  }
  return ((performance.now() - start) * 1e6) / LOOKUPS;
}
