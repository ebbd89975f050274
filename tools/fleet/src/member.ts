// One process of a fleet. Does what its parent asks; ends with its parent.
import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { authorizedFetch, type TokenCacheEvent } from "@org/auth-core";
import type { TokenStore } from "@org/auth-core/store";
import { fileStore } from "@org/auth-file";
import { redisStore } from "@org/auth-redis";
import { type ContitCredentials, createContitTokenCache } from "@org/contit-client";
import { offerFunctions } from "@org/measure/child-process";
import { storeWithAccess } from "@org/measure/store";
import { createStonexTokenCache, type StonexCredentials } from "@org/stonex-client";
import pLimit from "p-limit";
import { createClient } from "redis";

/** Where the caches of a fleet keep their tokens. */
export type StoreSetup =
  | { readonly kind: "redis"; readonly url: string }
  | { readonly kind: "file"; readonly folder: string }
  | { readonly kind: "none" };

/** A step of a renewal: an operation of the store and its lock, or that the vendor's response was received. */
export type Step = "get" | "lock" | "received" | "set" | "release";

/** One cache in every process of a fleet. */
export interface CacheSetup {
  /** What tasks call the cache. */
  readonly name: string;
  readonly vendor: "stonex" | "contit";
  readonly baseUrl: string;
  readonly credentials: object;
  /** Where the client secret is read for each token request, like one that a secrets manager writes there. */
  readonly secretFile?: string;
  readonly store: StoreSetup;
  /** The step of the next renewal after which the process halts, if the file exists then. It removes the file first. */
  readonly haltAfter?: { readonly step: Step; readonly file: string };
  /** Default: derived from the credentials. */
  readonly storeKey?: string | undefined;
}

/** What callers in a process do with a cache: get a token, or send an authorized request to the protected resource. */
export interface Task {
  readonly do: "call" | "fetch";
  readonly cache: string;
  /** How many at the same time. */
  readonly callers: number;
  /** In milliseconds: how long each calls again and again. Default: one call each. */
  readonly duration?: number;
  /** Milliseconds between two calls of one caller. */
  readonly pause?: number;
}

const CONNECT_PATIENCE = 3000;
/** A connection for each of 1,600 callers is more than a server on a busy machine accepts in time. */
const limit = pLimit(16);
const fetch = (...request: Parameters<typeof globalThis.fetch>) =>
  limit(async () => {
    const response = await globalThis.fetch(...request);
    // Read here, so that its connection is free for the next.
    return new Response(await response.arrayBuffer(), response);
  });
const caches = new Map<string, ReturnType<typeof createStonexTokenCache>>();
const stores = new Map<string, TokenStore>();
/** How often each type of event was reported since the process started. */
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

/** Makes a cache. */
async function open(setup: CacheSetup): Promise<void> {
  const { baseUrl, credentials, secretFile, haltAfter, storeKey } = setup;
  const halt = async (step: string) => {
    if (step !== haltAfter?.step || !existsSync(haltAfter.file)) return;
    rmSync(haltAfter.file);
    await new Promise<never>(() => {});
  };
  const opened = await storeOf(setup.store);
  const store =
    opened &&
    storeWithAccess(opened, async (operation, access) => {
      const result = await access();
      const isLockRefused = operation === "lock" && result === undefined;
      if (!isLockRefused) await halt(operation);
      return result;
    });
  const given = secretFile
    ? async () => ({ ...credentials, clientSecret: await readFile(secretFile, "utf8") })
    : credentials;
  const onEvent = ({ type }: TokenCacheEvent) => {
    events[type] = (events[type] ?? 0) + 1;
  };
  const fetch = async (request: Request) => {
    const response = await globalThis.fetch(request);
    await halt("received");
    return response;
  };
  const options = { baseUrl, store, storeKey, onEvent, fetch };
  const cache =
    setup.vendor === "stonex"
      ? createStonexTokenCache(given as StonexCredentials, options)
      : createContitTokenCache(given as ContitCredentials, options);
  caches.set(setup.name, cache);
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

/** Does a task. Rejects when it is impossible. Tokens are hashed, messages of errors are there once each. */
async function ask(task: Task) {
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

const functions = { open, ask };
/** What a process of a fleet does for its parent. */
export type MemberFunctions = typeof functions;
/** The result of a task: the longest call is in milliseconds. */
export type Outcome = Awaited<ReturnType<typeof ask>>;

offerFunctions(functions);
