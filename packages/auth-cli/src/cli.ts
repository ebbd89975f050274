import { readFileSync } from "node:fs";
import { readCommandLine } from "./command-line.ts";
import { COMMANDS } from "./commands/commands.ts";
import { commandHelp, help } from "./help.ts";
import { EXIT, explained, Problem, unknown } from "./problem.ts";
import { complain, print } from "./terminal.ts";

// Whoever reads the output may have seen enough, as `head` has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const [name = "", ...args] = process.argv.slice(2);
try {
  process.exitCode = (await main()) ?? EXIT.success;
} catch (error) {
  const { text, code } = explained(error);
  complain(text);
  process.exitCode = name === "curl" ? EXIT.notStarted : code;
}

async function main(): Promise<number | undefined> {
  if (name === "--help" || name === "-h") return print(help(COMMANDS));
  if (name === "--version") return print(packageVersion());
  if (name === "") throw new Problem(`expected a command\n\n${help(COMMANDS)}`);
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) {
    const names = COMMANDS.map((one) => one.name);
    throw name.startsWith("-")
      ? unknown("option", name, ["--help", "--version"])
      : unknown("command", name, names);
  }
  const line = readCommandLine(command, args);
  return line.has("help") ? print(commandHelp(command)) : command.run(line);
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}
