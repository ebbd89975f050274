import { readFileSync } from "node:fs";
import { runCommand, wholeNumber } from "@org/vendors";

const help = readFileSync(`${import.meta.dirname}/help.txt`, "utf8");
const options = {
  seconds: { type: "string", default: "60" },
  callers: { type: "string", default: "200" },
  seed: { type: "string", default: String(Date.now() % 2 ** 31) },
} as const;

await runCommand({ help, options }, async ({ values }) => {
  // Imported here, so that the help above needs no build.
  const { resultTable, soakProblems } = await import("./result-table.ts");
  const { soak } = await import("./soak.ts");
  const seconds = wholeNumber("seconds", values.seconds, 1);
  const callers = wholeNumber("callers", values.callers, 1);
  const seed = wholeNumber("seed", values.seed, 0);
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(`${callers} callers of each vendor for ${seconds} s, seed ${seed}`);
  const result = await soak({ seconds, seed, callers, print });
  for (const line of resultTable(result, process.stdout.columns)) print(line);
  return soakProblems(result);
});
