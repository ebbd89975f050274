import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox, type SandboxVendor } from "@org/auth-sandbox";
import { isRedisInstalled, type RedisProcess, startRedis } from "@org/redis-process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Fleet, startFleet, sum } from "./fleet.ts";
import type { CacheSetup, Outcome, StoreSetup } from "./member.ts";

const PROCESSES = 8;
const CALLERS = 200;
const CALLS = PROCESSES * CALLERS;
const PATIENCE = 120_000;

const sandbox = await createSandbox();
const stonex = sandbox.vendor("stonex");
const contit = sandbox.vendor("contit");

describe.skipIf(!isRedisInstalled())("a fleet of 8 processes with 200 callers each", () => {
  let server: Awaited<ReturnType<typeof sandbox.listen>>;
  let redis: RedisProcess;
  let fleet: Fleet;

  beforeAll(async () => {
    [server, redis, fleet] = await Promise.all([sandbox.listen(), startRedis(), startFleet(PROCESSES)]);
  }, PATIENCE);
  afterAll(async () => {
    await fleet?.stop();
    await Promise.all([redis?.stop(), server?.close()]);
  });
  beforeEach(() => {
    for (const vendor of [stonex, contit]) vendor.resetCounts();
  });
  afterEach(() => stonex.clearFaults());

  /** Opens a separate cache for a test, by the test's name. */
  const open = async (name: string, vendor: SandboxVendor, more: Partial<CacheSetup> = {}) => {
    const setup = {
      name,
      vendor: vendor.name as CacheSetup["vendor"],
      baseUrl: `${server.url}/${vendor.name}`,
      credentials: vendor.credentials(),
      store: { kind: "redis", url: redis.url } as StoreSetup,
      storeKey: name,
      ...more,
    };
    await fleet.open(setup);
    return setup;
  };
  const everyCallerGotOneToken = ({ calls, failed, tokens, errors }: Outcome) =>
    expect({ calls, failed, errors, tokens: tokens.length }).toEqual({
      calls: CALLS,
      failed: 0,
      errors: [],
      tokens: 1,
    });

  it(
    "makes one token request in all at a cold start, and one more after a revocation that all processes meet",
    async () => {
      stonex.lifetime = 600;
      await open("revoked", stonex);
      const counts: number[] = [];
      const cold = await fleet.ask({ do: "call", cache: "revoked", callers: CALLERS });
      everyCallerGotOneToken(cold);
      counts.push(stonex.counts.tokenRequests);

      expect(stonex.revokeAll()).toBe(1);
      const revoked = await fleet.ask({ do: "fetch", cache: "revoked", callers: CALLERS });
      everyCallerGotOneToken(revoked);
      expect(revoked.tokens).not.toEqual(cold.tokens);
      counts.push(stonex.counts.tokenRequests);
      say("cold start, then a revocation that all processes meet", {
        requests: counts,
        slowest: revoked.slowest,
      });
      expect(counts).toEqual([1, 2]);
    },
    PATIENCE,
  );

  it(
    "makes one token request more when the token has expired while no caller asked",
    async () => {
      stonex.lifetime = 2;
      await open("expired", stonex);
      everyCallerGotOneToken(await fleet.ask({ do: "call", cache: "expired", callers: CALLERS }));
      expect(stonex.counts.tokenRequests).toBe(1);
      await sleep(2100);
      stonex.lifetime = 600;
      everyCallerGotOneToken(await fleet.ask({ do: "call", cache: "expired", callers: CALLERS }));
      say("cold start, then an expiry while no caller asks", { requests: [1, stonex.counts.tokenRequests] });
      expect(stonex.counts.tokenRequests).toBe(2);
    },
    PATIENCE,
  );

  it(
    "makes one token request more through an expiry while everybody asks",
    async () => {
      const lifetime = 4;
      stonex.lifetime = lifetime;
      await open("through", stonex);
      // The first token turns stale at 70 to 80 % of its life, the second at 140 % of it or later.
      const duration = lifetime * 1000 * 1.2;
      const task = { do: "call", cache: "through", callers: CALLERS, pause: 50, duration } as const;
      const { calls, failed, tokens, slowest } = await fleet.ask(task);
      say("through an expiry", { calls, failed, requests: stonex.counts.tokenRequests, slowest });
      expect({ failed, tokens: tokens.length, requests: stonex.counts.tokenRequests }).toEqual({
        failed: 0,
        tokens: 2,
        requests: 2,
      });
    },
    PATIENCE,
  );

  it(
    "makes one token request in all over a folder instead of Redis",
    async () => {
      const parent = mkdtempSync(join(tmpdir(), "fleet-"));
      try {
        stonex.lifetime = 600;
        await open("in files", stonex, { store: { kind: "file", folder: join(parent, "tokens") } });
        everyCallerGotOneToken(await fleet.ask({ do: "call", cache: "in files", callers: CALLERS }));
        stonex.revokeAll();
        everyCallerGotOneToken(await fleet.ask({ do: "fetch", cache: "in files", callers: CALLERS }));
        say("over a folder: cold start and a revocation", { requests: stonex.counts.tokenRequests });
        expect(stonex.counts.tokenRequests).toBe(2);
      } finally {
        rmSync(parent, { recursive: true });
      }
    },
    PATIENCE,
  );

  it(
    "gives every caller a token while Redis hangs, is killed and comes back",
    async () => {
      // Vendors state whole seconds, so that of a shorter life rounding takes much.
      const lifetime = 4;
      stonex.lifetime = lifetime;
      const own = await startRedis();
      let restarted: RedisProcess | undefined;
      try {
        await open("outage", stonex, { store: { kind: "redis", url: own.url } });
        const task = {
          do: "call",
          cache: "outage",
          callers: CALLERS,
          pause: 50,
          duration: 12_000,
        } as const;
        const calls = fleet.ask(task);
        await sleep(2500);
        own.signal("SIGSTOP");
        await sleep(3000);
        own.signal("SIGCONT");
        await sleep(1500);
        await own.stop();
        await sleep(2000);
        restarted = await startRedis([], own.port);
        const outcome = await calls;
        const requests = stonex.counts.tokenRequests;
        const failures = outcome.events.store_failed ?? 0;
        say("Redis stopped, killed and restarted", { ...shown(outcome), requests, store_failed: failures });
        expect({ failed: outcome.failed, errors: outcome.errors }).toEqual({ failed: 0, errors: [] });
        expect(failures).toBeGreaterThan(0);
        // At worst each process makes every request by itself: a renewal at 70 % of each lifetime, and each start.
        expect(requests).toBeLessThanOrEqual(PROCESSES * (12 / (lifetime * 0.7) + 1));

        // Everybody's pause after a failure is over by then.
        await sleep(8000);
        stonex.resetCounts();
        stonex.lifetime = 600;
        everyCallerGotOneToken(await fleet.ask({ do: "call", cache: "outage", callers: CALLERS }));
        say("after the outage", { requests: stonex.counts.tokenRequests });
        expect(stonex.counts.tokenRequests).toBe(1);
      } finally {
        await Promise.all([own.stop(), restarted?.stop()]);
      }
    },
    PATIENCE,
  );

  it(
    "uses no refresh token twice in 20 rotations",
    async () => {
      // A JWT states its end in whole seconds, so that one of 1 s may be over when it arrives.
      contit.lifetime = 2;
      // One that is good for one use, in the hands of 8 processes.
      await open("rotated", contit, {
        credentials: contit.credentials("refresh_token"),
        storeKey: undefined,
      });
      let calls = 0;
      let slowest = 0;
      while (contit.counts.tokensIssued <= 20) {
        const task = {
          do: "call",
          cache: "rotated",
          callers: CALLERS,
          pause: 50,
          duration: 2000,
        } as const;
        const outcome = await fleet.ask(task);
        expect({ failed: outcome.failed, errors: outcome.errors }).toEqual({ failed: 0, errors: [] });
        calls += outcome.calls;
        slowest = Math.max(slowest, outcome.slowest);
      }
      const { tokenRequests, tokensIssued, refused } = contit.counts;
      say("rotation", { calls, slowest, requests: tokenRequests, issued: tokensIssued, refused });
      expect(refused).toBe(0);
      expect(tokensIssued).toBe(tokenRequests);
      // If a token of a family was used twice, the family is revoked, access tokens included.
      const last = await fleet.ask({ do: "fetch", cache: "rotated", callers: 1 });
      expect(last.failed).toBe(0);
      expect(contit.counts.refused).toBe(0);
    },
    PATIENCE,
  );

  it(
    "gives every other caller a token within seconds when the lock's holder is killed while it renews",
    async () => {
      stonex.lifetime = 600;
      stonex.fault({ delay: 60_000, times: 1 });
      await open("killed", stonex);
      const [holder, ...others] = fleet.members;
      const lost = holder?.ask({ do: "call", cache: "killed", callers: 1 }).catch((error) => String(error));
      while (stonex.counts.tokenRequests === 0) await sleep(10);
      await holder?.kill();
      expect(await lost).toBe("Error: the process ended");

      const task = { do: "call", cache: "killed", callers: CALLERS } as const;
      const outcome = sum(await Promise.all(others.map((other) => other.ask(task))));
      say("lock holder killed", { ...shown(outcome), requests: stonex.counts.tokenRequests });
      expect(outcome).toMatchObject({ calls: CALLS - CALLERS, failed: 0 });
      expect(outcome.tokens).toHaveLength(1);
      expect(stonex.counts.tokenRequests).toBe(2);
      expect(outcome.slowest).toBeGreaterThan(1500);
      expect(outcome.slowest).toBeLessThan(6000);
    },
    PATIENCE,
  );
});

const shown = ({ calls, failed, slowest, tokens }: Outcome) => ({
  calls,
  failed,
  slowest,
  tokens: tokens.length,
});

/** Prints what was counted, for readers of the log. */
function say(what: string, counts: object): void {
  console.log(`${what}: ${JSON.stringify(counts)}`);
}
