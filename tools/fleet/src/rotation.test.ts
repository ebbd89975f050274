import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "@org/auth-sandbox";
import { isRedisInstalled, type RedisProcess, startRedis } from "@org/redis-process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fleet, startFleet } from "./fleet.ts";

const PROCESSES = 8;
const CALLERS = 200;
const PATIENCE = 120_000;
const LIFETIME = 2;

describe.skipIf(!isRedisInstalled())(
  "a secret that is rotated under 8 processes with 200 callers each",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "rotation-"));
    let sandbox: Awaited<ReturnType<typeof createSandbox>>;
    let server: Awaited<ReturnType<typeof sandbox.listen>>;
    let redis: RedisProcess;
    let fleet: Fleet;

    beforeAll(async () => {
      sandbox = await createSandbox({ lifetime: LIFETIME });
      [server, redis, fleet] = await Promise.all([sandbox.listen(), startRedis(), startFleet(PROCESSES)]);
    }, PATIENCE);
    afterAll(async () => {
      await fleet?.stop();
      await Promise.all([redis?.stop(), server?.close()]);
      rmSync(folder, { recursive: true });
    });

    const open = async (name: "stonex" | "contit", grant: string) => {
      const vendor = sandbox.vendor(name);
      const secretFile = join(folder, name);
      const rotate = (clientSecret: string) => {
        writeFileSync(`${secretFile}.new`, clientSecret);
        renameSync(`${secretFile}.new`, secretFile);
        vendor.accept({ clientSecret });
      };
      rotate("first");
      const store = { kind: "redis", url: redis.url } as const;
      const baseUrl = `${server.url}/${name}`;
      await fleet.open({
        name,
        vendor: name,
        baseUrl,
        credentials: vendor.credentials(grant),
        secretFile,
        store,
      });
      return { vendor, rotate };
    };

    it(
      "and back, while a token request is on its way, costs each process one request more at most",
      async () => {
        const { vendor, rotate } = await open("stonex", "client_credentials");
        const call = { do: "call", cache: "stonex", callers: CALLERS } as const;
        await fleet.ask(call);
        const requests: number[] = [];
        for (const secret of ["second", "first", "third"]) {
          await sleep(LIFETIME * 1000 + 100);
          vendor.resetCounts();
          vendor.fault({ delay: 500, times: 1 });
          const calls = fleet.ask(call);
          while (vendor.counts.tokenRequests === 0) await sleep(5);
          rotate(secret);
          const { failed, errors } = await calls;
          expect({ failed, errors }).toEqual({ failed: 0, errors: [] });
          requests.push(vendor.counts.tokenRequests);
        }
        console.log(`rotated while a token request is on its way: ${JSON.stringify({ requests })}`);
        // One on its way and one from each process; on a busy machine some give up waiting for the lock and send their own.
        expect(Math.max(...requests)).toBeLessThanOrEqual(2 * PROCESSES);
      },
      PATIENCE,
    );

    it.each(["client_credentials", "refresh_token"])(
      "again and again, while everybody asks, costs no caller an error and no login: %s",
      async (grant) => {
        const { vendor, rotate } = await open("contit", grant);
        vendor.resetCounts();
        const duration = 10_000;
        const task = { do: "call", cache: "contit", callers: CALLERS, pause: 50, duration } as const;
        const calls = fleet.ask(task);
        for (const secret of ["second", "first", "third", "fourth"]) {
          await sleep(duration / 5);
          rotate(secret);
        }
        const { calls: made, failed, errors, slowest } = await calls;
        const { tokenRequests, tokensIssued } = vendor.counts;
        console.log(
          `rotated while everybody asks: ${JSON.stringify({ grant, calls: made, failed, tokenRequests, tokensIssued, slowest })}`,
        );
        expect({ failed, errors }).toEqual({ failed: 0, errors: [] });
        // A renewal at 70 % of each lifetime, and for each rotation one more in each process.
        const renewals = duration / (LIFETIME * 1000 * 0.7) + 1;
        expect(tokenRequests).toBeLessThanOrEqual(renewals + 4 * PROCESSES);
        // Had a refresh token been used twice, the vendor would have revoked the login.
        expect((await fleet.ask({ do: "fetch", cache: "contit", callers: 1 })).failed).toBe(0);
      },
      PATIENCE,
    );
  },
);
