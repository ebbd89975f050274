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
    const [problem = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw new UsageProblem(`${problem}: expected ${expected}`);
  }
}

/** Runs a command and exits with what it resolves to, or with 2 where it fails: a usage problem is told without its stack. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof UsageProblem ? error.message : error);
    process.exitCode = 2;
  }
}
