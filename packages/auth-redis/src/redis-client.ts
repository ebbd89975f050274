/** The members that are used of a client, cluster, sentinel or pool of the npm package `redis` (node-redis), version 5 or 6. */
export interface NodeRedisClient {
  GET(key: string): Promise<unknown>;
  SET(
    key: string,
    value: string,
    options: { expiration: { type: "PX"; value: number }; condition?: "NX" },
  ): Promise<unknown>;
  EVAL(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

/** The members that are used of a client or cluster of the npm package `ioredis`, version 5 or 6. */
export interface IoredisClient {
  get(key: string): Promise<unknown>;
  set(key: string, value: string, unit: "PX", lifetime: number): Promise<unknown>;
  set(key: string, value: string, unit: "PX", lifetime: number, condition: "NX"): Promise<unknown>;
  eval(script: string, keys: 1, ...keyAndArguments: string[]): Promise<unknown>;
  defineCommand(name: string, definition: { lua: string }): unknown;
}

/** A connection to Redis or Valkey: standalone, Sentinel or Cluster, of either client library. */
export type RedisClient = NodeRedisClient | IoredisClient;

/** The four things a store does, whatever the client library. Each is one command on one key. */
export interface RedisCommands {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, lifetime: number): Promise<void>;
  /** `false` if there is already a value at `key`. */
  setIfAbsent(key: string, value: string, lifetime: number): Promise<boolean>;
  /** Runs a script that returns 1 for done and 0 for not done. */
  run(script: string, key: string, ...parameters: string[]): Promise<boolean>;
}

/**
 * Tells the client libraries apart by members that only one of them has.
 *
 * @throws {TypeError} for anything that is not a client of either library.
 */
export function commandsOf(client: RedisClient): RedisCommands {
  // Only version 4 has `commandsExecutor`. It would ignore when keys expire and that a lock may only be set once.
  if (has(client, "GET", "SET", "EVAL") && !has(client, "commandsExecutor")) {
    return nodeRedisCommands(client as NodeRedisClient);
  }
  if (has(client, "get", "set", "eval", "defineCommand")) return ioredisCommands(client as IoredisClient);
  throw new TypeError(
    `client: expected a client of redis 5 or 6, such as createClient(), or of ioredis 5 or 6, such as new Redis(), received ${kindOf(client)}`,
  );
}

function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  return {
    get: async (key) => textOf(await client.GET(key)),
    set: async (key, value, lifetime) => {
      await client.SET(key, value, { expiration: { type: "PX", value: lifetime } });
    },
    setIfAbsent: async (key, value, lifetime) => {
      const options = { expiration: { type: "PX", value: lifetime }, condition: "NX" } as const;
      return (await client.SET(key, value, options)) !== null;
    },
    run: async (script, key, ...parameters) =>
      Number(await client.EVAL(script, { keys: [key], arguments: parameters })) === 1,
  };
}

function ioredisCommands(client: IoredisClient): RedisCommands {
  return {
    get: async (key) => textOf(await client.get(key)),
    set: async (key, value, lifetime) => {
      await client.set(key, value, "PX", lifetime);
    },
    setIfAbsent: async (key, value, lifetime) =>
      (await client.set(key, value, "PX", lifetime, "NX")) !== null,
    run: async (script, key, ...parameters) => Number(await client.eval(script, 1, key, ...parameters)) === 1,
  };
}

/** A client may be set up to return a Buffer. */
function textOf(reply: unknown): string | undefined {
  return reply === null ? undefined : String(reply);
}

function has(client: unknown, ...methods: string[]): boolean {
  const members = Object(client) as Record<string, unknown>;
  return methods.every((method) => typeof members[method] === "function");
}

/** The kind of a value without its text: a URL may contain a password. */
function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  return value.constructor ? `an instance of ${value.constructor.name}` : "an object";
}
