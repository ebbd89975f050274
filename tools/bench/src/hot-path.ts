import { runScript } from "./child-process.ts";
import { startScriptedServer } from "./scripted-server.ts";
import type { Spread } from "./statistics.ts";
import { SUBJECT_IDS } from "./subjects.ts";

/** What is timed: `cached` and `peek` ask for a token, the others send a request. */
export type Contestant =
  /** `await (async () => token)()` in the same process. */
  | "baseline"
  /** The same, after reading the clock once: what any cache has to do whose tokens expire. */
  | "clock"
  | "cached"
  | "peek"
  /** A stand-in for `fetch` that returns immediately. */
  | "bare"
  /** The same with the token attached. */
  | "attached"
  /** A call of openapi-fetch over the stand-in. */
  | "openapiFetch"
  | "openapiFetchAttached";

/** Nanoseconds a call, the ratio to the baseline of the same round, and bytes allocated a call. */
export interface Timed {
  readonly ns: Spread;
  readonly ratio: Spread;
  readonly bytes: number;
}

/** What one library's hot path costs. */
export type HotPath = { readonly subject: string } & { readonly [name in Contestant]?: Timed };

/** Times every library in its own process, one after another. */
export async function measureHotPath(rounds: number, progress: (line: string) => void): Promise<HotPath[]> {
  await using server = await startScriptedServer();
  const options = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
  return await Array.fromAsync(SUBJECT_IDS, async (subject, i) => {
    const { url } = server.open(`hot-path-${subject}`, { lifetime: 3600 });
    const script = ["peers/hot-path.ts", subject, url, String(rounds)];
    const result = await runScript<HotPath>([...options, ...script]);
    const { cached } = result;
    const shown = cached
      ? `${cached.ns.median.toFixed(0)} ns, ${cached.ratio.median.toFixed(2)} x`
      : "no cache";
    progress(`hot path ${i + 1}/${SUBJECT_IDS.length}: ${subject}: ${shown}`);
    return result;
  });
}
