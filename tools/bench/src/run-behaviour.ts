import { setTimeout as sleep } from "node:timers/promises";
import { runNode } from "./child-process.ts";
import type { Scenario } from "./scenario.ts";
import { type ScriptedServer, type Seen, startScriptedServer } from "./scripted-server.ts";
import { loadSubject } from "./subjects/subject-list.ts";

/** One cell of the behaviour table. */
export interface BehaviourCell {
  readonly scenario: string;
  readonly subject: string;
  /** What the table shows. */
  readonly cell: string;
  /** What was seen by the library's process and by the server; absent where the library has nothing to run. */
  readonly observed?: Readonly<Record<string, unknown>>;
  readonly seen?: Seen;
}

/** How long a process may live on after it has said what it saw, in milliseconds. */
const EXIT_GRACE = 5000;

/**
 * Runs every scenario with every library, each pair in a process of its own against one server.
 *
 * @param atOnce - how many processes run at the same time; those that mostly wait do not count
 */
export async function runBehaviour(
  scenarios: readonly Scenario[],
  subjects: readonly string[],
  atOnce: number,
  progress: (line: string) => void,
): Promise<BehaviourCell[]> {
  const server = await startScriptedServer();
  try {
    const cells: BehaviourCell[] = [];
    const pairs = scenarios.flatMap((scenario) => subjects.map((subject) => ({ scenario, subject })));
    const waiting = pairs.filter(({ scenario }) => scenario.id === "outage");
    const working = pairs.filter(({ scenario }) => scenario.id !== "outage");
    const run = async ({ scenario, subject }: (typeof pairs)[number]) => {
      const cell = await runCase(server, scenario, subject);
      cells.push(cell);
      progress(`behaviour ${cells.length}/${pairs.length}: ${scenario.id}, ${subject}: ${cell.cell}`);
    };
    const worker = async () => {
      for (let pair = working.shift(); pair; pair = working.shift()) await run(pair);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    if (waiting.length > 0) progress("behaviour: the outage, which takes a minute");
    // They wait for a minute, all at the same time, when nothing else runs that could make them late.
    await Promise.all(waiting.map((pair, i) => sleep(i * 300).then(() => run(pair))));
    const place = ({ scenario, subject }: { scenario: string; subject: string }) =>
      scenarios.findIndex(({ id }) => id === scenario) * subjects.length + subjects.indexOf(subject);
    return cells.sort((a, b) => place(a) - place(b));
  } finally {
    await server.close();
  }
}

async function runCase(
  server: ScriptedServer,
  scenario: Scenario,
  subjectId: string,
): Promise<BehaviourCell> {
  const names = { scenario: scenario.id, subject: subjectId };
  const { lacks } = await loadSubject(subjectId);
  const lacking = scenario.needs.find((feature) => lacks[feature] !== undefined);
  if (lacking) return { ...names, cell: "none", observed: { lacks: `${lacking}: ${lacks[lacking]}` } };

  const opened = server.open(`${scenario.id}-${subjectId}`, scenario.script);
  // What is requested after the scenario's end does not count, or a process that does not end would never be counted.
  let seen: Seen | undefined;
  let reportedAt = 0;
  const { output, errors, exitCode, wall } = await runNode(
    ["src/run-case.ts", scenario.id, subjectId, opened.url],
    {
      timeout: scenario.id === "outage" ? 90_000 : 25_000,
      nodeOptions: ["--unhandled-rejections=none"],
      onOutput(text) {
        if (seen || !text.includes("\n")) return;
        seen = structuredClone(opened.seen);
        reportedAt = performance.now();
      },
    },
  );
  if (!seen)
    throw new Error(`${scenario.id}, ${subjectId}: ended with ${exitCode} after ${wall} ms\n${errors}`);
  const exitsByItself = exitCode === 0 && performance.now() - reportedAt < EXIT_GRACE;
  const observed = { ...JSON.parse(output), exitsByItself };
  return { ...names, cell: scenario.cell(observed, seen), observed, seen };
}
