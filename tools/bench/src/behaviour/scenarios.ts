import type { Script } from "../scripted-server.ts";
import type { Feature } from "../subjects.ts";
import { callers } from "./callers.ts";
import { failures } from "./failures.ts";
import { leaks } from "./leaks.ts";
import { lifetimes } from "./lifetimes.ts";
import type { Program, Programs } from "./program.ts";
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

type Question = Omit<Scenario, "id" | "file" | keyof Program>;

/** Every question, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = scenariosOf(questions as Readonly<Record<string, Question>>, {
  callers,
  failures,
  lifetimes,
  leaks,
});

/**
 * Joins questions with the programs that put them, which are in a file each.
 *
 * @throws Error for a question without a program, and a program without a question.
 */
export function scenariosOf(
  questions: Readonly<Record<string, Question>>,
  files: Readonly<Record<string, Programs>>,
): Scenario[] {
  const programs = Object.entries(files).flatMap(([name, programs]) =>
    Object.entries(programs).map(
      ([id, program]) => [id, { file: `src/behaviour/${name}.ts`, ...program }] as const,
    ),
  );
  const unasked = programs.find(([id]) => !Object.hasOwn(questions, id));
  if (unasked)
    throw new Error(`${unasked[0]}: expected its question in scenarios.json, found only a program`);
  return Object.entries(questions).map(([id, question]) => {
    const program = programs.find(([name]) => name === id)?.[1];
    if (!program) throw new Error(`${id}: expected its program in src/behaviour, found only a question`);
    return { id, ...question, ...program };
  });
}
