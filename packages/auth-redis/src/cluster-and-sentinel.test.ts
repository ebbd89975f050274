import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { testTokenStore } from "@org/auth-core/testing";
import { isRedisInstalled, type RedisProcess, startRedis, startSentinel } from "@org/redis-process";
import { Redis } from "ioredis";
import { createCluster, createSentinel } from "redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connection, command } from "../test-support/connections.ts";
import { startCluster, until } from "../test-support/redis-cluster.ts";
import { redisStore } from "./redis-store.ts";

const processes: RedisProcess[] = [];
const open: Connection[] = [];
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await Promise.all(processes.map((process) => process.stop()));
});
const keep = async (made: Connection) => {
  open.push(made);
  return made.client;
};
const installed = isRedisInstalled();

describe.skipIf(!installed)("redisStore on a cluster", () => {
  let nodes: readonly RedisProcess[] = [];
  beforeAll(async () => {
    nodes = await startCluster((node) => processes.push(node));
  }, 60_000);

  const clusters = {
    "redis 6": async () => {
      const client = createCluster({ rootNodes: [{ url: nodes[0]?.url ?? "" }] });
      await client.on("error", () => {}).connect();
      return keep({ client, close: async () => client.destroy() });
    },
    "ioredis 6": async () => {
      const client = new Redis.Cluster([{ host: "127.0.0.1", port: nodes[0]?.port ?? 0 }]);
      return keep({ client, close: async () => client.disconnect() });
    },
  };

  for (const [library, connect] of Object.entries(clusters)) {
    const subject = () => {
      const prefix = `${randomUUID()}:`;
      return { open: async () => redisStore(await connect(), { prefix }), pass: (ms: number) => sleep(ms) };
    };
    for (const { name, run } of testTokenStore(subject)) it(`with ${library} ${name}`, run);

    it(`with ${library} keeps an entry and its lock in one slot, and different keys on different nodes`, async () => {
      const prefix = `${randomUUID()}:`;
      const store = redisStore(await connect(), { prefix });
      for (let key = 0; key < 30; key++) {
        await store.set(String(key), "entry", 60_000);
        expect(await store.lock(String(key), 60_000)).toBeDefined();
      }
      const held = await Promise.all(nodes.map(({ url }) => command(url, "KEYS", `${prefix}*`)));
      for (const names of held as string[][]) {
        expect(names.length).toBeGreaterThan(0);
        for (const name of names) expect(names).toContain(name.replace(/entry$/, "lock"));
      }
      expect(held.flat()).toHaveLength(60);
    });
  }
});

describe.skipIf(!installed)("redisStore behind a sentinel", () => {
  let sentinel: RedisProcess;
  let master: RedisProcess;
  let replica: RedisProcess;
  beforeAll(async () => {
    master = await startRedis();
    processes.push(master);
    replica = await startRedis(["--replicaof", "127.0.0.1", String(master.port)]);
    processes.push(replica);
    sentinel = await startSentinel(master);
    processes.push(sentinel);
    await until(async () => String(await command(replica.url, "INFO")).includes("master_link_status:up"));
    await until(async () => String(await command(sentinel.url, "INFO")).includes("slaves=1"));
  }, 60_000);

  it("goes on with the new master after a failover, with what had been replicated", async () => {
    const viaRedis = createSentinel({
      name: "main",
      sentinelRootNodes: [{ host: "127.0.0.1", port: sentinel.port }],
    });
    await viaRedis.on("error", () => {}).connect();
    const viaIoredis = new Redis({ name: "main", sentinels: [{ host: "127.0.0.1", port: sentinel.port }] });
    viaIoredis.on("error", () => {});
    const clients = [
      await keep({ client: viaRedis, close: async () => viaRedis.destroy() }),
      await keep({ client: viaIoredis, close: async () => viaIoredis.disconnect() }),
    ];
    const [one, other] = clients.map((client) => redisStore(client));
    await one?.set("key", "entry", 60_000);
    expect(await other?.get("key")).toBe("entry");
    await until(async () => (await command(replica.url, "GET", "auth-redis:{key}:entry")) === "entry");

    await master.stop();
    for (const store of [one, other]) {
      await until(async () => {
        await Promise.race([store?.set("after", "the failover", 60_000), sleep(2000).then(Promise.reject)]);
        return true;
      });
      expect(await store?.get("key")).toBe("entry");
      expect(await store?.get("after")).toBe("the failover");
    }
    expect(await command(replica.url, "GET", "auth-redis:{after}:entry")).toBe("the failover");
  }, 60_000);
});
