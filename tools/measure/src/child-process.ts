import { fork } from "node:child_process";
import { once } from "node:events";
import { createBirpc } from "birpc";

/** Starts a program that offers functions, in a process of its own. */
export function startProgram<Functions extends object>(program: URL) {
  const child = fork(program, {
    // Without the parent's own options, which may be a test framework's.
    execArgv: ["--no-warnings"],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const functions = createBirpc<Functions>(
    {},
    {
      post: (message) => child.send(message),
      on: (listener) => child.on("message", listener),
      timeout: -1,
    },
  );
  const ended = once(child, "exit").then(() => functions.$close(new Error("the process ended")));
  return {
    /** What it offers. A call rejects when the process ends before it is done. */
    functions,
    /** Ends it immediately, whatever it is doing. */
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Offers functions to the process that started this one, and ends with it. */
export function offerFunctions(functions: object): void {
  process.on("disconnect", () => process.exit());
  createBirpc(functions, {
    post: (message) => process.connected && process.send?.(message),
    on: (listener) => process.on("message", listener),
  });
}
