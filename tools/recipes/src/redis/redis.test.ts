import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { isRedisInstalled, startRedis } from "@org/redis-process";
import { createClient } from "redis";
import { describe, expect, it, onTestFinished } from "vitest";
import { sandboxApi } from "../../test-support/sandbox-api.ts";

const { stonex } = await sandboxApi();
const RUNNER = join(
  import.meta.dirname,
  "../../test-support/tokens-on-request.mjs",
);
const TOKEN_STORE_KEY = randomBytes(32).toString("base64");

/** A process that follows the recipe. */
async function start(recipe: string, url: string) {
  const file = join(import.meta.dirname, `${recipe}.ts`);
  const env = { ...process.env, TOKEN_STORE_KEY, REDIS_URL: url };
  const child = spawn(process.execPath, [RUNNER, file], {
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  const line = async () => JSON.parse((await lines.next()).value ?? "{}");
  const { loaded }: { loaded: number } = await line();
  const renew = (): Promise<{ accessToken: string; took: number }> => {
    child.stdin.write("\n");
    return line();
  };
  return { loaded, renew };
}

/** How many entries a server has. */
async function entries(url: string): Promise<number> {
  const client = await createClient({ url }).connect();
  const keys = await client.keys("*:entry");
  client.destroy();
  return keys.length;
}

describe.skipIf(!isRedisInstalled())("the recipe for", () => {
  it.each(["node-redis", "ioredis"])(
    "%s shares the first token",
    async (recipe) => {
      const redis = await startRedis();
      onTestFinished(redis.stop);
      const { renew } = await start(recipe, redis.url);
      await renew();
      expect(await entries(redis.url)).toBe(1);
    },
  );

  it.each(["node-redis", "ioredis"])(
    "%s starts without Redis, and uses it when it comes",
    { timeout: 60_000 },
    async (recipe) => {
      const gone = await startRedis();
      const { url, port } = gone;
      await gone.stop();
      const { loaded, renew } = await start(recipe, url);
      // A second for Redis, and what it takes to load the files.
      expect(loaded).toBeLessThan(10_000);
      const { accessToken, took } = await renew();
      expect(accessToken).not.toBe("");
      expect(took).toBeLessThan(5_000);
      expect(stonex.counts.tokenRequests).toBe(1);

      const redis = await startRedis([], port);
      onTestFinished(redis.stop);
      // Each renewal stores its token once the client is connected again; it tries every few seconds.
      for (
        let tries = 0;
        tries < 40 && (await entries(url)) === 0;
        tries++
      ) {
        await sleep(1000);
        await renew();
      }
      expect(await entries(url)).toBe(1);
    },
  );
});
