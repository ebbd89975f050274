import { SCENARIOS } from "./behaviour/scenario-list.ts";
import type { Script, Seen } from "./scripted-server.ts";
import { loadSubject } from "./subjects/subject-list.ts";

// The process in which one library meets one scenario: `node run-case.ts <scenario> <subject> <url>`.
const [scenarioId, subjectId = "", url = ""] = process.argv.slice(2);
const scenario = SCENARIOS.find(({ id }) => id === scenarioId);
if (!scenario) throw new Error(`unknown scenario ${scenarioId}`);

// Jitter would make counts differ from run to run.
Math.random = () => 0.5;

let unhandledRejections = 0;
process.on("unhandledRejection", () => unhandledRejections++);
// What libraries log is of no interest here.
for (const method of ["log", "warn", "error", "info", "debug"] as const) console[method] = () => {};

// Taken before the library is loaded, which may replace it.
const { fetch } = globalThis;
async function control(script: Script): Promise<Seen> {
  const response = await fetch(`${url}/control`, { method: "POST", body: JSON.stringify(script) });
  return (await response.json()) as Seen;
}

const subject = await loadSubject(subjectId);
const observed = await scenario.run({ subject, url, control });
process.stdout.write(`${JSON.stringify({ ...observed, unhandledRejections })}\n`);
