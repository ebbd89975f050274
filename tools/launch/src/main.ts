import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { runProgram } from "@org/vendors";
import { planOf, TURBO } from "./plan.ts";

/** Using this repository reports nothing to the makers of its tools. */
const QUIET = {
  DO_NOT_TRACK: "1",
  REDOCLY_TELEMETRY: "off",
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
};

function start(words: readonly string[], stdio: StdioOptions = "inherit"): ChildProcess {
  const cwd = resolve(import.meta.dirname, "../../..");
  return spawn(process.execPath, words, { cwd, env: { ...process.env, ...QUIET }, stdio });
}

async function exitOf(child: ChildProcess): Promise<number> {
  // Ctrl-C reaches the program as well, which decides itself how to end.
  process.on("SIGINT", () => {});
  const [code] = await once(child, "close");
  return code ?? 1;
}

/** Builds, and prints something only if that takes longer than a second or fails. */
async function build(words: readonly string[]): Promise<number> {
  const { stderr } = process;
  const child = start([TURBO, ...words, "--output-logs=errors-only"], ["ignore", "pipe", "pipe"]);
  const printed = [child.stdout, child.stderr].map((stream) => stream && text(stream));
  let seconds = 0;
  const ticks = setInterval(() => {
    seconds += 1;
    if (stderr.isTTY) stderr.write(`\rbuilding what this needs, ${seconds} s`);
    else if (seconds === 1) stderr.write("building what this needs\n");
  }, 1000);
  const code = await exitOf(child);
  clearInterval(ticks);
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  if (code !== 0) stderr.write((await Promise.all(printed)).join(""));
  return code;
}

await runProgram(async () => {
  const plan = planOf(process.argv.slice(2));
  const built = plan.build ? await build(plan.build) : 0;
  if (built !== 0 || plan.program === undefined) return built;
  const code = await exitOf(start(plan.program));
  if (plan.after) await exitOf(start(plan.after));
  return code;
});
