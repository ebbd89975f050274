import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>["values"];

/**
 * Runs a program that takes these options, or prints its help. The process ends with 2 where an option is wrong, else with 1
 * where `run` throws or resolves to problems, each of which is a sentence.
 */
export async function runCommand<const Options extends ParseArgsOptionsConfig>(
  help: string,
  options: Options,
  run: (values: Values<Options>) => Promise<readonly string[]>,
): Promise<void> {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: "boolean" } } });
    if ("help" in values) return void process.stdout.write(help);
    const problems = await run(values as Values<Options>);
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length > 0 ? 1 : 0;
  } catch (error) {
    // What is wrong with an option needs no stack.
    const isMisused = error instanceof TypeError && "code" in error;
    console.error(isMisused ? error.message : error);
    process.exitCode = isMisused ? 2 : 1;
  }
}

/** An error of an option whose value is wrong, which ends the command like an option that does not exist. */
export function wrongOption(message: string): TypeError {
  return Object.assign(new TypeError(message), { code: "ERR_ARGUMENT" });
}
