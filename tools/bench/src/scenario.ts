import type { Case, Script, Seen } from "./scripted-server.ts";
import type { Feature, Subject } from "./subject.ts";

/** What a scenario does with in the process of the library. */
export interface Stage {
  readonly subject: Subject;
  readonly url: Case["url"];
  /** Changes the script of the server, and says what it has seen until now. */
  control(script: Script): Promise<Seen>;
}

/** What was seen in the process of the library; plain JSON. */
export type Observed = Readonly<Record<string, unknown>>;

/** One question put to every library by running it. */
export interface Scenario {
  /** The name of its file. */
  readonly id: string;
  /** What the row says it measures. */
  readonly title: string;
  /** Without these the library has nothing to run, and the cell says "none". */
  readonly needs: readonly Feature[];
  /** How the server answers at first. */
  readonly script: Script;
  /** Runs in a process that holds this one library. */
  run(stage: Stage): Promise<Observed>;
  /** The cell, from what both sides saw. */
  cell(observed: Observed & { readonly unhandledRejections: number }, seen: Seen): string;
  /** What the best possible cell is. */
  readonly ideal: string;
}

/** How many of some promises were kept, and with what errors the others ended. */
export function outcomes(settled: readonly PromiseSettledResult<unknown>[]): {
  readonly ok: number;
  readonly errors: number;
} {
  const errors = settled.filter(({ status }) => status === "rejected").length;
  return { ok: settled.length - errors, errors };
}

/** The secret every client is made with. */
export const SECRET = "SECRET-MARKER";
