import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { planOf, QUIET, TURBO } from "./plan.ts";

const repository = resolve(import.meta.dirname, "../../..");
/** How long a build may take in silence, in milliseconds. */
const SILENCE = 1000;

/** Starts a Node.js program; what it prints is shown, unless it is piped. */
function start(words: readonly string[], stdio: "inherit" | "pipe"): ChildProcess {
  const env = { ...process.env, ...QUIET };
  return spawn(process.execPath, words, {
    cwd: repository,
    env,
    stdio: stdio === "inherit" ? "inherit" : ["ignore", "pipe", "pipe"],
  });
}

function exitOf(child: ChildProcess): Promise<number> {
  // Ctrl-C reaches the program as well, which decides itself how to end.
  process.on("SIGINT", () => {});
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => done(code ?? 1));
  });
}

/** Builds, and prints something only if that takes a while or fails. */
async function build(words: readonly string[]): Promise<number> {
  const child = start([TURBO, ...words, "--output-logs=errors-only"], "pipe");
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  const began = Date.now();
  const { stderr } = process;
  const show = () => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (stderr.isTTY) stderr.write(`\rbuilding what this needs, ${seconds} s`);
  };
  const first = setTimeout(() => {
    if (!stderr.isTTY) stderr.write("building what this needs\n");
  }, SILENCE);
  const ticks = setInterval(show, SILENCE);
  const code = await exitOf(child);
  clearTimeout(first);
  clearInterval(ticks);
  if (stderr.isTTY) stderr.write("\r\u001b[K");
  if (code !== 0) stderr.write(printed);
  return code;
}

async function main(words: readonly string[]): Promise<number> {
  if (words[0] === "turbo") return exitOf(start([TURBO, ...words.slice(1)], "inherit"));
  const plan = planOf(words);
  const built = plan.build ? await build(plan.build) : 0;
  if (built !== 0 || plan.program === undefined) return built;
  const code = await exitOf(start(plan.program, "inherit"));
  if (plan.after) await exitOf(start(plan.after, "inherit"));
  return code;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 2;
}
