import { runScript } from "./child-process.ts";

/** Bytes of heap a cache, its token included; nanoseconds to find it in a `Map`, or in its pool, and get its token. */
type Figures = Record<"bytes" | "ns", number>;

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

/** Fills a process with caches, once for every size. */
export async function measureGrowth(progress: (line: string) => void) {
  const results: ({ subject: string; caches: number } & Figures)[] = [];
  const pairs = Object.keys(GROWING).flatMap((subject) => SIZES.map((caches) => ({ subject, caches })));
  for (const { subject, caches } of pairs) {
    const args = ["--expose-gc", "src/growth/many-caches.ts", subject, String(caches)];
    results.push({ subject, caches, ...(await runScript<Figures>(args)) });
    progress(`growth ${results.length}/${pairs.length}: ${subject}, ${caches} caches`);
  }
  return results;
}
