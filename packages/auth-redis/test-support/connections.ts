import { Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { createClient } from "redis";
import { createClient as createClient5 } from "redis-5";
import type { RedisClient } from "../src/redis-client.ts";

/** A connected client, and how to close it. */
export interface Connection {
  readonly client: RedisClient;
  close(): Promise<void>;
}

/** Every client library that is supported, by name. */
export const LIBRARIES: Readonly<Record<string, (url: string) => Promise<Connection>>> = {
  "redis 6": async (url) => {
    const client = await createClient({ url })
      .on("error", () => {})
      .connect();
    return { client, close: async () => client.destroy() };
  },
  "redis 5": async (url) => {
    const client = await createClient5({ url })
      .on("error", () => {})
      .connect();
    return { client, close: async () => client.destroy() };
  },
  "ioredis 6": async (url) => {
    const client = new Redis(url).on("error", () => {});
    return { client, close: async () => client.disconnect() };
  },
  "ioredis 5": async (url) => {
    const client = new Redis5(url).on("error", () => {});
    return { client, close: async () => client.disconnect() };
  },
};

/** Sends one command, whatever it is, over a connection of its own. */
export async function command(url: string, name: string, ...parameters: string[]): Promise<unknown> {
  const client = new Redis(url);
  try {
    return await client.call(name, ...parameters);
  } finally {
    client.disconnect();
  }
}
