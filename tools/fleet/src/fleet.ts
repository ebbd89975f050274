import { startProgram } from "@org/measure/child-process";
import type { CacheSetup, MemberFunctions, Outcome, Task } from "./member.ts";

/** Processes that do the same thing. */
export type Fleet = ReturnType<typeof startFleet>;

/** Starts processes, each of which makes the same caches and does the same task at the same time; results are added up. */
export function startFleet(size: number) {
  const members = Array.from({ length: size }, startMember);
  return {
    members,
    open: (setup: CacheSetup) => Promise.all(members.map(({ open }) => open(setup))),
    ask: async (task: Task) => sum(await Promise.all(members.map(({ ask }) => ask(task)))),
    stop: () => Promise.all(members.map(({ kill }) => kill())),
  };
}

/** Starts one process. */
export function startMember() {
  const { functions, kill } = startProgram<MemberFunctions>(new URL("member.ts", import.meta.url));
  return { open: functions.open, ask: functions.ask, kill };
}

/** Adds up the results of one task in several processes. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  const events: Record<string, number> = {};
  for (const [type, times] of outcomes.flatMap((outcome) => Object.entries(outcome.events))) {
    events[type] = (events[type] ?? 0) + times;
  }
  return {
    calls: outcomes.reduce((total, { calls }) => total + calls, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
    slowest: Math.max(0, ...outcomes.map(({ slowest }) => slowest)),
    errors: [...new Set(outcomes.flatMap(({ errors }) => errors))],
    tokens: [...new Set(outcomes.flatMap(({ tokens }) => tokens))],
    events,
  };
}
