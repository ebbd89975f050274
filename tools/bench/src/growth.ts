import { runScript } from "./child-process.ts";

const SIZES = [1, 1000, 100_000];

/** Those that work without a network, and what tables call ours. */
export const GROWING: Readonly<Record<string, string>> = {
  createTokenCache: "**auth-core** `createTokenCache`",
  createTokenPool: "**auth-core** `createTokenPool`",
  ours: "**auth-core**, a vendor's client",
  pool: "**auth-core**, a vendor's pool",
  "badgateway-oauth2-client": "badgateway oauth2-client",
  "smithy-memoize": "smithy memoize",
};

/** Bytes of heap a cache, its token included; nanoseconds to find it in a `Map`, or in its pool, and get its token. */
interface Growth {
  readonly subject: string;
  readonly caches: number;
  readonly bytes: number;
  readonly ns: number;
}

/** Fills a process with caches, once for every size. */
export async function measureGrowth(progress: (line: string) => void): Promise<Growth[]> {
  const pairs = Object.keys(GROWING).flatMap((subject) => SIZES.map((caches) => ({ subject, caches })));
  return Array.fromAsync(pairs, async ({ subject, caches }, i) => {
    const args = ["--expose-gc", "src/growth/many-caches.ts", subject, String(caches)];
    const figures = await runScript<Pick<Growth, "bytes" | "ns">>(args);
    progress(`growth ${i + 1}/${pairs.length}: ${subject}, ${caches} caches`);
    return { subject, caches, ...figures };
  });
}
