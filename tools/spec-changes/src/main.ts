import { SpecRefused } from "@org/generate/spec";
import { REPOSITORY, UsageProblem } from "@org/vendors";
import { changes } from "./changes.ts";

try {
  const { status, text } = await changes(REPOSITORY, process.argv.slice(2));
  process.stdout.write(text);
  process.exitCode = status;
} catch (error) {
  const expected = error instanceof SpecRefused || error instanceof UsageProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 2;
}
