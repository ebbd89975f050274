import { runScript } from "./child-process.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { ratioOf, type Spread, spreadOf } from "./statistics.ts";
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

/** What one library's hot path costs. */
export type HotPath = { readonly subject: string } & Readonly<Partial<Record<Contestant, Timed>>>;

/** Nanoseconds a call, the ratio to the baseline of the same round, and bytes allocated a call. */
export type Timed = Readonly<Record<"ns" | "ratio", Spread> & { bytes: number }>;

/** What the library's process reports about each contestant: nanoseconds round by round, and bytes. */
export type Measured = { readonly [name in Contestant]?: { readonly ns: number[]; readonly bytes: number } };

/** Times every library in its own process, one after another. */
export async function measureHotPath(rounds: number, progress: (line: string) => void): Promise<HotPath[]> {
  await using server = await startScriptedServer();
  const results: HotPath[] = [];
  const options = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
  for (const subject of SUBJECT_IDS) {
    const { url } = server.open(`hot-path-${subject}`, { lifetime: 3600 });
    const script = ["peers/hot-path.ts", subject, url, String(rounds)];
    const measured = await runScript<Measured>([...options, ...script]);
    const result: HotPath = { subject };
    for (const [name, { ns, bytes }] of Object.entries(measured)) {
      const ratio = ratioOf(ns, measured.baseline?.ns ?? []);
      Object.assign(result, { [name]: { ns: spreadOf(ns), ratio, bytes: Math.round(bytes) } });
    }
    results.push(result);
    const { cached } = result;
    const shown = cached
      ? `${cached.ns.median.toFixed(0)} ns, ${cached.ratio.median.toFixed(2)} x`
      : "no cache";
    progress(`hot path ${results.length}/${SUBJECT_IDS.length}: ${subject}: ${shown}`);
  }
  return results;
}
