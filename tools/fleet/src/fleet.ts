import { startProgram } from "@org/measure/child-process";
import type { CacheSetup, MemberFunctions, Outcome, Task } from "./messages.ts";

/** One process of a fleet. */
export interface Member extends MemberFunctions {
  /** Ends it immediately, whatever it is doing. */
  kill(): Promise<void>;
}

/** Processes that do the same thing. */
export interface Fleet {
  readonly members: readonly Member[];
  /** Has every process make a cache of the same kind. */
  open(setup: CacheSetup): Promise<void>;
  /** Has every process do a task at the same time, and adds up the results. */
  ask(task: Task): Promise<Outcome>;
  stop(): Promise<void>;
}

/** Starts processes. */
export function startFleet(size: number): Fleet {
  const members = Array.from({ length: size }, startMember);
  const all = <T>(act: (member: Member) => Promise<T>) => Promise.all(members.map(act));
  return {
    members,
    open: async (setup) => void (await all(({ open }) => open(setup))),
    ask: async (task) => sum(await all(({ ask }) => ask(task))),
    stop: async () => void (await all(({ kill }) => kill())),
  };
}

/** Starts one process. */
export function startMember(): Member {
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
