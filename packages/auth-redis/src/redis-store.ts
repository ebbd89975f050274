import type { TokenStore } from "@org/auth-core/store";
import { commandsOf, type RedisClient } from "./redis-client.ts";

/** How a Redis store behaves. */
export interface RedisStoreOptions {
  /** What the names of all its keys start with. Default `auth-redis:`. */
  readonly prefix?: string | undefined;
}

/** The whole script is sent each time: it is short, and no flush, restart or failover can lose it. */
const DELETE_IF_EQUAL = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;
const EXPIRE_IF_EQUAL = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("PEXPIRE", KEYS[1], ARGV[2]) end return 0`;

/**
 * A token store on Redis or Valkey, using a client of `redis` (node-redis) or `ioredis` that the caller made and closes.
 *
 * Entries are stored unencrypted: wrap the store in `encryptedStore` unless everyone who can read Redis may have the
 * tokens. The lock is best effort: a failover can give it to two owners.
 *
 * @throws {TypeError} when the client is of another library, or an option is unknown or has a wrong value.
 * @see {@link https://redis.io/docs/latest/commands/set/ SET with NX and PX}
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): TokenStore {
  const redis = commandsOf(client);
  const prefix = checkedPrefix(options);
  // The hash tag puts an entry and its lock on the same node of a cluster, so that both are available or neither is.
  const entryKey = (key: string) => `${prefix}{${key}}:entry`;
  const lockKey = (key: string) => `${prefix}{${key}}:lock`;

  return {
    get: (key) => redis.get(entryKey(key)),
    set: (key, entry, lifetime) => redis.set(entryKey(key), entry, wholeMilliseconds(lifetime)),
    delete: async (key, entry) => {
      await redis.run(DELETE_IF_EQUAL, entryKey(key), entry);
    },
    lock: async (key, lifetime) => {
      const name = lockKey(key);
      const owner = crypto.randomUUID();
      if (!(await redis.setIfAbsent(name, owner, wholeMilliseconds(lifetime)))) return undefined;
      return {
        release: async () => {
          await redis.run(DELETE_IF_EQUAL, name, owner);
        },
        extend: (ms) => redis.run(EXPIRE_IF_EQUAL, name, owner, String(wholeMilliseconds(ms))),
      };
    },
  };
}

function checkedPrefix(options: RedisStoreOptions): string {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `options: expected an object, received ${options === null ? "null" : typeof options}`,
    );
  }
  for (const name of Object.keys(options)) {
    if (name !== "prefix") throw new TypeError(`unknown option ${JSON.stringify(name)}: expected prefix`);
  }
  const { prefix = "auth-redis:" } = options;
  if (typeof prefix !== "string") {
    throw new TypeError(`prefix: expected text, such as "payments:tokens:", received ${typeof prefix}`);
  }
  return prefix;
}

/** Redis refuses a lifetime of 0 and one with a fraction. */
function wholeMilliseconds(lifetime: number): number {
  return Math.max(1, Math.ceil(lifetime));
}
