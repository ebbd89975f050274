import type { Script, Seen } from "../scripted-server.ts";
import { loadSubject, SUBJECTS } from "../subjects.ts";
import { SECRET } from "./program.ts";
import { SCENARIOS } from "./scenarios.ts";

// The process in which one library runs one scenario: `node library-process.ts <scenario> <subject> <url>`.
const [scenarioId, subjectId = "", url = ""] = process.argv.slice(2);
const scenario = SCENARIOS.find(({ id }) => id === scenarioId);
if (!scenario) throw new Error(`unknown scenario ${scenarioId}`);

// Jitter would make counts differ from run to run.
Math.random = () => 0.5;

let unhandledRejections = 0;
process.on("unhandledRejection", () => unhandledRejections++);
// The libraries' own logs are not needed here.
for (const method of ["log", "warn", "error", "info", "debug"] as const) console[method] = () => {};

// Taken before the library is loaded, which may replace it.
const { fetch } = globalThis;
async function control(script: Script): Promise<Seen> {
  const response = await fetch(`${url}/control`, { method: "POST", body: JSON.stringify(script) });
  return (await response.json()) as Seen;
}

const create = await loadSubject(subjectId);
const observed = await scenario.run({
  create: (refreshToken) => create({ url, secret: SECRET, refreshToken }),
  resource: `${url}/resource`,
  lacks: (feature) => SUBJECTS[subjectId]?.lacks[feature] !== undefined,
  script: scenario.script,
  control,
});
process.stdout.write(`${JSON.stringify({ ...observed, unhandledRejections })}\n`);
