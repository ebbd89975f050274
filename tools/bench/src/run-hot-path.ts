import { runNode } from "./child-process.ts";
import { startScriptedServer } from "./scripted-server.ts";
import { ratioOf, type Spread, spreadOf } from "./statistics.ts";
import { SUBJECTS } from "./subjects/subject-list.ts";

/** What one library's hot path costs; times in nanoseconds. */
export interface HotPath {
  readonly subject: string;
  /** `await (async () => token)()` in the same process. */
  readonly baseline: Spread;
  readonly cached?: Timed | undefined;
  readonly peek?: Timed | undefined;
  /** A stand-in for `fetch` that answers at once. */
  readonly bare?: Timed | undefined;
  /** The same with the token attached. */
  readonly attached?: Timed | undefined;
  /** A call of openapi-fetch over the stand-in. */
  readonly openapiFetch?: Timed | undefined;
  readonly openapiFetchAttached?: Timed | undefined;
}

/** Nanoseconds a call, the ratio to the baseline of the same round, and bytes allocated a call. */
export interface Timed {
  readonly ns: Spread;
  readonly ratio: Spread;
  readonly bytes: number;
}

interface Measured {
  readonly times: Readonly<Record<string, readonly number[]>>;
  readonly bytes: Readonly<Record<string, number>>;
}

/** Times every library in a process of its own, one after another. */
export async function runHotPath(rounds: number, progress: (line: string) => void): Promise<HotPath[]> {
  const server = await startScriptedServer();
  const results: HotPath[] = [];
  try {
    for (const subject of SUBJECTS) {
      const { url } = server.open(`hot-path-${subject}`, { lifetime: 3600 });
      const nodeOptions = ["--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256"];
      const args = ["peers/hot-path.ts", subject, url, String(rounds)];
      const { output, errors } = await runNode(args, { nodeOptions });
      const line = output.trimEnd().split("\n").at(-1) ?? "";
      if (!line.startsWith("{")) throw new Error(`hot path of ${subject}: ${errors}${output}`);
      const result = hotPathOf(subject, JSON.parse(line) as Measured);
      results.push(result);
      const { cached } = result;
      const shown = cached
        ? `${cached.ns.median.toFixed(0)} ns, ${cached.ratio.median.toFixed(2)} x`
        : "no cache";
      progress(`hot path ${results.length}/${SUBJECTS.length}: ${subject}: ${shown}`);
    }
    return results;
  } finally {
    await server.close();
  }
}

function hotPathOf(subject: string, { times, bytes }: Measured): HotPath {
  const baseline = times.baseline ?? [];
  const timed = (name: string): Timed | undefined => {
    const figures = times[name];
    if (!figures) return undefined;
    return { ns: spreadOf(figures), ratio: ratioOf(figures, baseline), bytes: Math.round(bytes[name] ?? 0) };
  };
  return {
    subject,
    baseline: spreadOf(baseline),
    cached: timed("cached"),
    peek: timed("peek"),
    bare: timed("bare"),
    attached: timed("attached"),
    openapiFetch: timed("openapiFetch"),
    openapiFetchAttached: timed("openapiFetchAttached"),
  };
}
