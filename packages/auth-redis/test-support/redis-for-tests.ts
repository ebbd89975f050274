import { isRedisInstalled, type RedisProcess, startRedis } from "@org/redis-process";

/** A server for one test file. */
export interface RedisForTests {
  readonly url: string;
  /** Whether it is ours alone, so that its scripts and settings may be touched. */
  readonly isOurs: boolean;
  stop(): Promise<void>;
}

/** The server at `REDIS_URL`, else one of our own, else `undefined`: then the tests have to be skipped. */
export async function redisForTests(): Promise<RedisForTests | undefined> {
  const url = process.env.REDIS_URL;
  if (url) return { url, isOurs: false, stop: async () => {} };
  if (!isRedisInstalled()) return undefined;
  const server: RedisProcess = await startRedis();
  return { url: server.url, isOurs: true, stop: server.stop };
}
