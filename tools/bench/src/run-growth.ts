import { runScript } from "./child-process.ts";

/** What one cache among many costs. */
export interface Growth {
  readonly subject: string;
  readonly caches: number;
  /** Bytes of heap a cache, its token included. */
  readonly bytes: number;
  /** Nanoseconds to find it in a `Map`, or in its pool, and get its token. */
  readonly ns: number;
}

const SIZES = [1, 1000, 100_000];
/** Those that can be asked without a network. */
const SUBJECTS = ["createTokenCache", "ours", "pool", "badgateway-oauth2-client", "smithy-memoize"];

/** Fills a process with caches, once for every size. */
export async function runGrowth(progress: (line: string) => void): Promise<Growth[]> {
  const results: Growth[] = [];
  for (const subject of SUBJECTS) {
    for (const caches of SIZES) {
      const nodeOptions = ["--expose-gc"];
      const measured = await runScript<{ bytes: number; ns: number }>(
        "growth.ts",
        [subject, String(caches)],
        { nodeOptions },
      );
      results.push({ subject, caches, ...measured });
      progress(`growth ${results.length}/${SUBJECTS.length * SIZES.length}: ${subject}, ${caches} caches`);
    }
  }
  return results;
}
