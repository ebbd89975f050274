import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox } from "@org/auth-sandbox";
import { isRedisInstalled, type RedisProcess, startRedis } from "@org/redis-process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMember } from "./fleet.ts";
import type { CacheSetup, Step } from "./member.ts";

const PATIENCE = 60_000;
/** In seconds; ten processes start meanwhile. */
const LIFETIME = 5;

describe.skipIf(!isRedisInstalled())("a process that is killed while it renews with a refresh token", () => {
  const folder = mkdtempSync(join(tmpdir(), "killed-"));
  let redis: RedisProcess;

  beforeAll(async () => {
    redis = await startRedis();
  }, PATIENCE);
  afterAll(async () => {
    await redis?.stop();
    rmSync(folder, { recursive: true });
  });

  /** How often the vendor saw a refresh token again, and what became of the callers of another process. */
  const killedAfter = async (step: Step, grant: string) => {
    const sandbox = await createSandbox({ lifetime: LIFETIME });
    const server = await sandbox.listen();
    const contit = sandbox.vendor("contit");
    const file = join(folder, step);
    const setup: CacheSetup = {
      name: "c",
      vendor: "contit",
      baseUrl: `${server.url}/contit`,
      credentials: contit.credentials(grant),
      store: { kind: "redis", url: redis.url },
      storeKey: `${step} ${grant}`,
    };
    const [holder, other] = [startMember(), startMember()];
    const call = { do: "call", cache: "c", callers: 20 } as const;
    try {
      await holder.open({ ...setup, haltAfter: { step, file } });
      await other.open(setup);
      for (const member of [holder, other]) expect((await member.ask(call)).errors).toEqual([]);
      await sleep(LIFETIME * 1000 + 100);
      contit.resetCounts();
      writeFileSync(file, "");
      const lost = holder.ask(call).catch(String);
      while (existsSync(file)) await sleep(5);
      await holder.kill();
      await lost;
      // A killed process's lock expires after 15 s; a process that gives up waiting for it sends no refresh token.
      contit.lifetime = 600;
      await sleep(step === "lock" || step === "received" ? 15_000 : 0);
      const { errors, tokens } = await other.ask(call);
      return { refused: contit.counts.refused, errors: errors.length, tokens: tokens.length };
    } finally {
      await Promise.all([holder.kill(), other.kill(), server.close()]);
    }
  };

  it.concurrent.each<Step>(["get", "lock", "set", "release"])(
    "has none sent twice, and its login is not lost: after %j",
    async (step) => {
      expect(await killedAfter(step, "refresh_token")).toEqual({ refused: 0, errors: 0, tokens: 1 });
    },
    PATIENCE,
  );

  it.concurrent(
    "loses the successor of one whose response it received and did not store; if possible, the original grant helps",
    async () => {
      expect(await killedAfter("received", "client_credentials")).toEqual({
        refused: 1,
        errors: 0,
        tokens: 1,
      });
    },
    PATIENCE,
  );
});
