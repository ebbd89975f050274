// One process of a fleet. Does what its parent asks; ends with its parent.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { authorizedFetch, type TokenCacheEvent } from "@org/auth-core";
import type { TokenStore } from "@org/auth-core/store";
import { fileStore } from "@org/auth-file";
import { redisStore } from "@org/auth-redis";
import { type ContitCredentials, createContitTokenCache } from "@org/contit-client";
import { offerFunctions } from "@org/measure/child-process";
import { createStonexTokenCache, type StonexCredentials } from "@org/stonex-client";
import pLimit from "p-limit";
import { createClient } from "redis";
import { haltAfter, haltingStore } from "./halting.ts";
import type { CacheSetup, MemberFunctions, Outcome, StoreSetup, Task } from "./messages.ts";

type Cache = ReturnType<typeof createStonexTokenCache>;

const CONNECT_PATIENCE = 3000;
/** A connection for each of 1,600 callers is more than a server on a busy machine accepts in time. */
const limit = pLimit(16);
const fetch = (...request: Parameters<typeof globalThis.fetch>) =>
  limit(async () => {
    const response = await globalThis.fetch(...request);
    // Read here, so that its connection is free for the next.
    return new Response(await response.arrayBuffer(), response);
  });
const caches = new Map<string, Cache>();
const stores = new Map<string, TokenStore>();
const events: Record<string, number> = {};

async function storeOf(setup: StoreSetup): Promise<TokenStore | undefined> {
  if (setup.kind === "none") return undefined;
  if (setup.kind === "file") return fileStore(setup.folder);
  const known = stores.get(setup.url);
  if (known) return known;
  const client = createClient({ url: setup.url, disableOfflineQueue: true }).on("error", () => {});
  // A program that starts while Redis is down keeps running too.
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

/** One call of a caller: the token that it got or that went along with its request. */
function callOf({ do: kind, cache: name }: Task): () => Promise<string | undefined> {
  const cache = caches.get(name);
  if (!cache) throw new Error(`no cache "${name}": open it first`);
  if (kind === "call") return async () => (await cache.getToken()).accessToken;
  const authorized = authorizedFetch(cache, { fetch });
  return async () => {
    const response = await authorized(`${cache.baseUrl}/whoami`);
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return cache.peek()?.accessToken;
  };
}

async function ask(task: Task): Promise<Outcome> {
  const { callers, duration = 0, pause = 0 } = task;
  const tokens = new Set<string>();
  const errors = new Set<string>();
  let [calls, failed, slowest] = [0, 0, 0];
  const call = callOf(task);
  const countedCall = async () => {
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
  };
  const endAt = performance.now() + duration;
  const caller = async () => {
    do {
      await countedCall();
      if (pause > 0) await sleep(pause * (0.5 + Math.random()));
    } while (performance.now() < endAt);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return {
    calls,
    failed,
    slowest: Math.round(slowest),
    errors: [...errors],
    tokens: [...tokens].map((token) => createHash("sha256").update(token).digest("hex")),
    events,
  };
}

offerFunctions({ open, ask } satisfies MemberFunctions);
