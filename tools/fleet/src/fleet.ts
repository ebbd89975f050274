import { fork } from "node:child_process";
import { on, once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CacheSetup, Outcome, OutcomeMessage, Task, TaskMessage } from "./messages.ts";

const MEMBER = fileURLToPath(new URL("member.ts", import.meta.url));

/** One process of a fleet. */
export interface Member {
  /** Does a task. Rejects when it is impossible, or the process ends before it is done. */
  ask(task: Task): Promise<Outcome>;
  /** Ends it at once, whatever it is doing. */
  kill(): Promise<void>;
}

/** Processes that do the same. */
export interface Fleet {
  readonly members: readonly Member[];
  /** Has every process make a cache of the same kind. */
  open(setup: CacheSetup): Promise<void>;
  /** Has every process do a task at the same time, and adds up what comes of it. */
  ask(task: Task): Promise<Outcome>;
  stop(): Promise<void>;
}

/** Starts processes. */
export async function startFleet(size: number): Promise<Fleet> {
  const members = Array.from({ length: size }, startMember);
  const ask = async (task: Task) => sum(await Promise.all(members.map((member) => member.ask(task))));
  return {
    members,
    open: async (setup) => void (await ask({ do: "open", setup })),
    ask,
    stop: async () => void (await Promise.all(members.map((member) => member.kill()))),
  };
}

/** Starts one process. */
export function startMember(): Member {
  // Without what the parent was started with, which may be a test framework's.
  const child = fork(MEMBER, { execArgv: ["--no-warnings"], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let lastId = 0;
  return {
    async ask(task) {
      const id = ++lastId;
      const messages = on(child, "message", { close: ["exit"] });
      child.send({ id, task } satisfies TaskMessage);
      for await (const [message] of messages) {
        const { id: of, outcome, problem } = message as OutcomeMessage;
        if (of !== id) continue;
        if (outcome) return outcome;
        throw new Error(problem);
      }
      throw new Error("the process ended");
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Adds up what came of one task in several processes. */
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
