import { Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { createClient, createClientPool, createCluster, createSentinel, RESP_TYPES } from "redis";
import * as redis5 from "redis-5";
import { describe, expect, it } from "vitest";
import type { RedisClient } from "./redis-client.ts";
import { redisStore } from "./redis-store.ts";

const servers = { rootNodes: [{ url: "redis://127.0.0.1:1" }] };
const sentinels = { name: "main", sentinelRootNodes: [{ host: "127.0.0.1", port: 1 }] };
const lazy = { lazyConnect: true };

/** None of them connects. That they are listed here shows that the compiler takes them too. */
const clients: Record<string, RedisClient> = {
  "a redis 6 client": createClient(),
  "a redis 6 client that speaks RESP2": createClient({ RESP: 2 }),
  "a redis 6 client with Buffers": createClient().withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer }),
  "a redis 6 pool": createClientPool(),
  "a redis 6 cluster": createCluster(servers),
  "a redis 6 sentinel": createSentinel(sentinels),
  "a redis 5 client": redis5.createClient(),
  "a redis 5 client that speaks RESP3": redis5.createClient({ RESP: 3 }),
  "a redis 5 pool": redis5.createClientPool(),
  "a redis 5 cluster": redis5.createCluster(servers),
  "a redis 5 sentinel": redis5.createSentinel(sentinels),
  "an ioredis 6 client": new Redis(lazy),
  "an ioredis 6 cluster": new Redis.Cluster([{ host: "127.0.0.1", port: 1 }], lazy),
  "an ioredis 5 client": new Redis5(lazy),
  "an ioredis 5 cluster": new Redis5.Cluster([{ host: "127.0.0.1", port: 1 }], lazy),
};

describe("redisStore", () => {
  for (const [name, client] of Object.entries(clients)) {
    it(`takes ${name}`, () => expect(Object.keys(redisStore(client))).toHaveLength(4));
  }

  it.each([
    ["nothing", undefined, "received undefined"],
    ["a URL", "redis://user:password@host", "received a string"],
    ["an object", {}, "received an instance of Object"],
    ["a Map", new Map(), "received an instance of Map"],
    ["an object without a prototype", Object.create(null), "received an object"],
    [
      "a client of redis 4",
      { GET() {}, SET() {}, EVAL() {}, commandsExecutor() {} },
      "received an instance of Object",
    ],
    ["a client of redis 3", { get() {}, set() {}, eval() {} }, "received an instance of Object"],
  ])("refuses %s in place of a client, and repeats no URL", (_name, client, received) => {
    const make = () => redisStore(client as unknown as RedisClient);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(
      `client: expected a client of redis 5 or 6, such as createClient(), or of ioredis 5 or 6, such as new Redis(), ${received}`,
    );
    expect(make).not.toThrow("password");
  });

  it("refuses options that are none, an unknown option and a prefix that is not text", () => {
    const make = (options: object) => () => redisStore(createClient(), options);
    expect(make(null as never)).toThrow(new TypeError("options: expected an object, received null"));
    expect(make("a" as never)).toThrow(new TypeError("options: expected an object, received string"));
    expect(make({ prefx: "a" })).toThrow(new TypeError('unknown option "prefx": expected prefix'));
    expect(make({ prefix: 1 })).toThrow(
      new TypeError('prefix: expected text, such as "payments:tokens:", received number'),
    );
  });
});
