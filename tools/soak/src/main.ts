import { readFileSync } from "node:fs";
import { readArguments, runCommand, UsageProblem } from "@org/vendors";

const OPTIONS = {
  seconds: { type: "string" },
  callers: { type: "string" },
  seed: { type: "string" },
  help: { type: "boolean" },
} as const;

await runCommand(async () => {
  const { values } = readArguments({ options: OPTIONS }, "--seconds, --callers, --seed or --help");
  if (values.help) {
    process.stdout.write(readFileSync(`${import.meta.dirname}/help.txt`));
    return 0;
  }
  // Imported here, so that the help above needs no build.
  const { resultTable, soakProblems } = await import("./result-table.ts");
  const { soak } = await import("./soak.ts");
  const seconds = wholeNumber("seconds", values.seconds ?? "60", 1);
  const callers = wholeNumber("callers", values.callers ?? "200", 1);
  const seed = wholeNumber("seed", values.seed ?? String(Date.now() % 2 ** 31), 0);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`${callers} callers of each vendor for ${seconds} s, seed ${seed}`);
  const result = await soak({ seconds, seed, callers, print });
  for (const line of resultTable(result, process.stdout.columns)) print(line);
  return soakProblems(result);
});

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageProblem(
    `--${name}: expected a whole number from ${least}, such as --${name} 60, received ${text}`,
  );
}
