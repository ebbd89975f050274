import { REPOSITORY, runCommand } from "@org/vendors";
import { changes } from "./changes.ts";

await runCommand(async () => {
  const { status, text } = await changes(REPOSITORY, process.argv.slice(2));
  process.stdout.write(text);
  return status;
});
