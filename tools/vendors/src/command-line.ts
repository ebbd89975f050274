import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from "node:util";

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
 * The number that an option has as its value.
 *
 * @throws {UsageProblem} for a text that is not a whole number, or a number below `least`.
 */
export function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  const expected = `a whole number from ${least}, such as --${option} 60`;
  throw new UsageProblem(`--${option}: expected ${expected}, received ${text}`);
}

/** What a command accepts. */
interface Syntax<Options> {
  /** What `--help` prints. */
  readonly help: string;
  /** Besides `--help`. */
  readonly options: Options;
  /** What it accepts besides options, such as `"vendors"`. */
  readonly words?: string;
}

/** What was passed to a command. */
type Arguments<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true }>
>;

/** Runs a command with the arguments of this process, or prints its help; it exits like `runProgram`. */
export function runCommand<const Options extends ParseArgsOptionsConfig>(
  { help, options, words }: Syntax<Options>,
  main: (given: Arguments<Options>) => Promise<number | readonly string[]>,
): Promise<void> {
  const names = [...Object.keys(options), "help"].map((name) => `--${name}`);
  const list = new Intl.ListFormat("en-GB", { type: "disjunction" });
  const expected = list.format(words === undefined ? names : [words, ...names]);
  return runProgram(async () => {
    const allOptions = { ...options, help: { type: "boolean", short: "h" } } as const;
    const given = readArguments({ options: allOptions, allowPositionals: words !== undefined }, expected);
    const values: { readonly help?: boolean } = given.values;
    if (!values.help) return main(given as Arguments<Options>);
    process.stdout.write(help);
    return 0;
  });
}

/**
 * Runs a program. It exits with the code that `main` resolves to, with 1 when that is a list of problems, each of which is
 * printed, and with 2 when it fails: a usage problem is printed without its stack.
 */
export async function runProgram(main: () => Promise<number | readonly string[]>): Promise<void> {
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
