import { type ParseArgsConfig, parseArgs } from "node:util";

/** A command line, or a repository, that a tool cannot work with. */
export class UsageProblem extends Error {
  override readonly name: string = "UsageProblem";
}

/**
 * Parses the arguments of a command.
 *
 * @throws {UsageProblem} with what was expected, for an argument that the command does not have.
 */
export function readArguments<Config extends ParseArgsConfig>(
  config: Config,
  expected: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [problem = ""] = error.message.split(". ");
    throw new UsageProblem(`${problem}: expected ${expected}`);
  }
}

/**
 * Runs a command. It exits with the code that `main` resolves to, with 1 when that is a list of problems, each of which is
 * printed, and with 2 when it fails: a usage problem is printed without its stack.
 */
export async function runCommand(main: () => Promise<number | readonly string[]>): Promise<void> {
  try {
    const result = await main();
    const problems = typeof result === "number" ? [] : result;
    for (const problem of problems) console.error(problem);
    process.exitCode = typeof result === "number" ? result : Math.min(problems.length, 1);
  } catch (error) {
    console.error(error instanceof UsageProblem ? error.message : error);
    process.exitCode = 2;
  }
}
