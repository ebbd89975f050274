import type { Script } from "../scripted-server.ts";
import type { Feature } from "../subjects.ts";
import { callers } from "./callers.ts";
import { failures } from "./failures.ts";
import { leaks } from "./leaks.ts";
import { lifetimes } from "./lifetimes.ts";
import type { Program } from "./program.ts";
import questions from "./scenarios.json" with { type: "json" };

/** One question put to every library by running it. */
export interface Scenario extends Program {
  readonly id: string;
  /** The path from `tools/bench` of the file that runs it. */
  readonly file: string;
  /** The title of the row: what it measures. */
  readonly title: string;
  /** The same in fewer words, if it is among the ten rows that tell most. */
  readonly brief?: string;
  /** Without these features there is nothing to run, and the cell is "none". */
  readonly needs: readonly Feature[];
  /** How the server responds at first. */
  readonly script: Script;
  /** The best possible cell. */
  readonly ideal: string;
}

const QUESTIONS = questions as Readonly<Record<string, Omit<Scenario, "id" | "file" | keyof Program>>>;

/** Every question, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = Object.entries({ callers, failures, lifetimes, leaks }).flatMap(
  ([name, programs]) =>
    Object.entries(programs).map(([id, program]) => {
      const question = QUESTIONS[id];
      if (!question) throw new Error(`${id}: expected its question in scenarios.json`);
      return { id, file: `src/behaviour/${name}.ts`, ...question, ...program };
    }),
);

const unanswered = Object.keys(QUESTIONS).filter((id) => SCENARIOS.every((scenario) => scenario.id !== id));
if (unanswered.length > 0) {
  throw new Error(
    `scenarios.json: expected a program for ${unanswered.join(", ")} in src/behaviour, found none`,
  );
}
