import { resolve } from "node:path";
import { SpecProblem } from "@org/generate/spec-problem";
import { UsageProblem } from "@org/generate/usage-problem";
import { changes } from "./changes.ts";

try {
  const { status, text } = await changes(resolve(import.meta.dirname, "../../.."), process.argv.slice(2));
  process.stdout.write(text);
  process.exitCode = status;
} catch (error) {
  const expected = error instanceof SpecProblem || error instanceof UsageProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 2;
}
