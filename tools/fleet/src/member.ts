// One process of a fleet. Does what its parent asks, one message an answer; ends with its parent.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { authorizedFetch, type TokenCacheEvent } from "@org/auth-core";
import type { TokenStore } from "@org/auth-core/store";
import { fileStore } from "@org/auth-file";
import { redisStore } from "@org/auth-redis";
import { type ContitCredentials, createContitTokenCache } from "@org/contit-client";
import { createStonexTokenCache, type StonexCredentials } from "@org/stonex-client";
import { createClient } from "redis";
import { haltAfter, haltingStore } from "./halting.ts";
import { limitedFetch } from "./limited-fetch.ts";
import type { CacheSetup, Outcome, OutcomeMessage, StoreSetup, Task, TaskMessage } from "./messages.ts";

type Cache = ReturnType<typeof createStonexTokenCache>;

const CONNECT_PATIENCE = 3000;
/** A connection for each of 1,600 callers is more than a server on a busy machine accepts in time. */
const fetch = limitedFetch(16);
const caches = new Map<string, Cache>();
const stores = new Map<string, TokenStore>();
const events: Record<string, number> = {};

async function storeOf(setup: StoreSetup): Promise<TokenStore | undefined> {
  if (setup.kind === "none") return undefined;
  if (setup.kind === "file") return fileStore(setup.folder);
  const known = stores.get(setup.url);
  if (known) return known;
  const client = createClient({ url: setup.url, disableOfflineQueue: true }).on("error", () => {});
  // A program that starts while Redis is down goes on too.
  await Promise.race([client.connect().catch(() => {}), sleep(CONNECT_PATIENCE)]);
  const store = redisStore(client);
  stores.set(setup.url, store);
  return store;
}

async function open({ name, vendor, baseUrl, store, storeKey, ...setup }: CacheSetup): Promise<void> {
  const { credentials, secretFile } = setup;
  const come = haltAfter(setup.haltAfter);
  const opened = await storeOf(store);
  const given = secretFile
    ? async () => ({ ...credentials, clientSecret: await readFile(secretFile, "utf8") })
    : credentials;
  const onEvent = ({ type }: TokenCacheEvent) => {
    events[type] = (events[type] ?? 0) + 1;
  };
  const fetch = async (request: Request) => {
    const response = await globalThis.fetch(request);
    await come("received");
    return response;
  };
  const options = { baseUrl, store: opened && haltingStore(opened, come), storeKey, onEvent, fetch };
  caches.set(
    name,
    vendor === "stonex"
      ? createStonexTokenCache(given as StonexCredentials, options)
      : createContitTokenCache(given as ContitCredentials, options),
  );
}

function cacheNamed(name: string): Cache {
  const cache = caches.get(name);
  if (!cache) throw new Error(`no cache "${name}": open it first`);
  return cache;
}

/** Counts what calls come to. */
function tally() {
  const tokens = new Set<string>();
  const errors = new Set<string>();
  let calls = 0;
  let failed = 0;
  let slowest = 0;
  return {
    count: async (call: () => Promise<string | undefined>) => {
      const startedAt = performance.now();
      calls++;
      try {
        const token = await call();
        if (token !== undefined) tokens.add(token);
      } catch (error) {
        failed++;
        errors.add(String(error));
      }
      slowest = Math.max(slowest, performance.now() - startedAt);
    },
    outcome: (): Outcome => ({
      calls,
      failed,
      slowest: Math.round(slowest),
      errors: [...errors],
      tokens: [...tokens].map((token) => createHash("sha256").update(token).digest("hex")),
      events,
    }),
  };
}

async function perform(task: Task): Promise<Outcome> {
  const { count, outcome } = tally();
  if (task.do === "open") {
    await open(task.setup);
    return outcome();
  }
  const cache = cacheNamed(task.cache);
  const getToken = async () => (await cache.getToken()).accessToken;
  const callers = Array.from({ length: task.callers });
  if (task.do === "call") await Promise.all(callers.map(() => count(getToken)));
  if (task.do === "call for") {
    const endAt = performance.now() + task.duration;
    const call = async () => {
      while (performance.now() < endAt) {
        await count(getToken);
        await sleep(task.pause * (0.5 + Math.random()));
      }
    };
    await Promise.all(callers.map(call));
  }
  if (task.do === "fetch") {
    const authorized = authorizedFetch(cache, { fetch });
    const request = async () => {
      const response = await authorized(`${cache.baseUrl}/whoami`);
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return cache.peek()?.accessToken;
    };
    await Promise.all(callers.map(() => count(request)));
  }
  return outcome();
}

process.on("disconnect", () => process.exit());
process.on("message", async ({ id, task }: TaskMessage) => {
  const reply = (message: OutcomeMessage) => process.connected && process.send?.(message);
  try {
    reply({ id, outcome: await perform(task) });
  } catch (error) {
    reply({ id, problem: String(error) });
  }
});
