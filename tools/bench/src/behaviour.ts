import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { SCENARIOS, type Scenario } from "./behaviour/scenarios.ts";
import { start } from "./child-process.ts";
import { type ScriptedServer, type Seen, startScriptedServer } from "./scripted-server.ts";
import { SUBJECT_IDS, SUBJECTS } from "./subjects.ts";

/** One cell of the behaviour table. */
export interface BehaviourCell {
  readonly scenario: string;
  readonly subject: string;
  /** What the table shows. */
  readonly cell: string;
  /** What was seen by the library's process and by the server; absent if the library has nothing to run. */
  readonly observed?: Readonly<Record<string, unknown>>;
  readonly seen?: Seen;
}

/** How many processes run at the same time; those that mostly wait do not count. */
const AT_ONCE = 2;
/** How long a process may keep running after it has reported what it saw, in milliseconds. */
const EXIT_GRACE = 5000;

/** Runs every scenario with every library, each pair in its own process, against one server. */
export async function measureBehaviour(
  progress: (line: string) => void,
  scenarios: readonly Scenario[] = SCENARIOS,
  subjects: readonly string[] = SUBJECT_IDS,
): Promise<BehaviourCell[]> {
  await using server = await startScriptedServer();
  const pairs = scenarios.flatMap((scenario) => subjects.map((subject) => ({ scenario, subject })));
  let done = 0;
  const run = async ({ scenario, subject }: (typeof pairs)[number]) => {
    const cell = await runCase(server, scenario, subject);
    progress(`behaviour ${++done}/${pairs.length}: ${scenario.id}, ${subject}: ${cell.cell}`);
    return cell;
  };
  const waiting = pairs.filter(({ scenario }) => scenario.id === "outage");
  const working = pairs.filter((pair) => !waiting.includes(pair));
  const cells = await pLimit(AT_ONCE).map(working, run);
  if (waiting.length > 0) progress("behaviour: the outage, which takes a minute");
  // They wait for a minute, all at the same time, while nothing else runs that could delay them.
  const outages = waiting.map(async (pair, i) => {
    await sleep(i * 300);
    return run(pair);
  });
  return [...cells, ...(await Promise.all(outages))];
}

async function runCase(server: ScriptedServer, scenario: Scenario, subject: string): Promise<BehaviourCell> {
  const names = { scenario: scenario.id, subject };
  const { lacks = {} } = SUBJECTS[subject] ?? {};
  const lacking = scenario.needs.find((feature) => lacks[feature] !== undefined);
  if (lacking) return { ...names, cell: "none", observed: { lacks: `${lacking}: ${lacks[lacking]}` } };

  const opened = server.open(`${scenario.id}-${subject}`, scenario.script);
  // Requests after the scenario's end do not count, or the count for a process that does not exit would never be final.
  let report: { readonly seen: Seen; readonly at: number } | undefined;
  let output = "";
  const script = ["src/behaviour/library-process.ts", scenario.id, subject, opened.url];
  const running = start(process.execPath, ["--unhandled-rejections=none", ...script], {
    timeout: scenario.id === "outage" ? 90_000 : 25_000,
  });
  running.child.stdout?.on("data", (text) => {
    output += text;
    if (output.includes("\n")) report ??= { seen: structuredClone(opened.seen), at: performance.now() };
  });
  const failure = await running.then(
    () => undefined,
    (error: Error) => error.message,
  );
  if (!report) throw new Error(`${scenario.id}, ${subject}: ${failure ?? "it printed nothing"}`);
  const { seen, at } = report;
  const exitsByItself = failure === undefined && performance.now() - at < EXIT_GRACE;
  const observed = { ...JSON.parse(output), exitsByItself };
  return { ...names, cell: scenario.cell(observed, seen), observed, seen };
}
