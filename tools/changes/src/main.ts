import { REPOSITORY, runProgram } from "@org/vendors";
import { changes } from "./changes.ts";

await runProgram(async () => {
  const { status, text } = await changes(REPOSITORY, process.argv.slice(2));
  process.stdout.write(text);
  return status;
});
