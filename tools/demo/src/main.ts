import { readFileSync } from "node:fs";
import { runCommand } from "@org/vendors";

const help = readFileSync(`${import.meta.dirname}/help.txt`, "utf8");

await runCommand({ help, options: {} }, async () => {
  // Imported here, so that the help above needs no build.
  const { runDemo } = await import("./demo.ts");
  return runDemo(process.stdout).catch(explainTooManyFiles);
});

// Each call has two sockets, since both of its ends are in this process.
function explainTooManyFiles(error: unknown): string[] {
  const cause = error instanceof Error && error.cause;
  if (!(cause instanceof Error && "code" in cause && cause.code === "EMFILE")) throw error;
  return [
    "the demo needs about 2,100 open files, and this shell allows fewer: raise its limit with `ulimit -n 4096`",
  ];
}
