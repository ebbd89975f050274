import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { testTokenStore } from "@org/auth-core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { type Connection, command, LIBRARIES } from "../test-support/connections.ts";
import { redisForTests } from "../test-support/redis-for-tests.ts";
import { redisStore } from "./redis-store.ts";

const redis = await redisForTests();
const url = redis?.url ?? "";
const open: Connection[] = [];
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await redis?.stop();
});

for (const [library, connect] of Object.entries(LIBRARIES)) {
  const connection = async () => {
    const made = await connect(url);
    open.push(made);
    return made.client;
  };

  describe.skipIf(!redis)(`redisStore over ${library}`, () => {
    const subject = () => {
      const prefix = `test-${randomUUID()}:`;
      // A connection of its own for each handle, as another process has.
      return {
        open: async () => redisStore(await connection(), { prefix }),
        pass: (ms: number) => sleep(ms),
      };
    };
    for (const { name, run } of testTokenStore(subject)) it(name, run);

    it("keeps stores with different prefixes apart", async () => {
      const client = await connection();
      const [one, other] = [randomUUID(), randomUUID()].map((prefix) => redisStore(client, { prefix }));
      await one?.set("key", "entry", 60_000);
      await one?.lock("key", 60_000);
      expect(await other?.get("key")).toBeUndefined();
      expect(await other?.lock("key", 60_000)).toBeDefined();
    });

    it("takes a lifetime with a fraction, and one that is over", async () => {
      const store = redisStore(await connection(), { prefix: randomUUID() });
      await store.set("fraction", "entry", 59_999.5);
      expect(await store.get("fraction")).toBe("entry");
      await store.set("over", "entry", -1);
      await sleep(20);
      expect(await store.get("over")).toBeUndefined();
    });

    it.skipIf(!redis?.isOurs)("needs no script that the server remembers", async () => {
      const store = redisStore(await connection(), { prefix: randomUUID() });
      await store.set("key", "entry", 60_000);
      const lock = await store.lock("key", 60_000);
      expect(await lock?.extend(60_000)).toBe(true);
      await command(url, "SCRIPT", "FLUSH");
      expect(await lock?.extend(60_000)).toBe(true);
      await command(url, "SCRIPT", "FLUSH");
      await lock?.release();
      await store.delete("key", "entry");
      expect(await store.lock("key", 60_000)).toBeDefined();
      expect(await store.get("key")).toBeUndefined();
    });

    it("rejects when the server refuses", async () => {
      const prefix = randomUUID();
      const store = redisStore(await connection(), { prefix });
      await command(url, "LPUSH", `${prefix}{key}:entry`, "a list");
      await expect(store.get("key")).rejects.toThrow("WRONGTYPE");
      await expect(store.delete("key", "entry")).rejects.toThrow("WRONGTYPE");
      await command(url, "DEL", `${prefix}{key}:entry`);
    });
  });
}
