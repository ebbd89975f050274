import { parseArgs } from "node:util";

const HELP = `Usage: pnpm demo

Starts a sandbox of all vendors on a free loopback port and takes each vendor's
token through its life: asked for by 1,000 calls at once, revoked, expired. Then
presents a wrong credential. Exits with 1 unless the sandbox counted exactly one
token request for the 1,000 calls, one after the revocation and one after the
expiry.

  --help   this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { help: { type: "boolean" } } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // Imported here, so that the help above needs no build.
  const { runDemo } = await import("./demo.ts");
  const problems = await runDemo(process.stdout);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  // What node:util says of a misspelt option needs no stack.
  const misused = error instanceof TypeError && "code" in error;
  console.error(misused ? error.message : (tooManyFiles(error) ?? error));
  process.exitCode = misused ? 2 : 1;
}

// Each call has a socket at both of its ends, which are in this process.
function tooManyFiles(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause;
  if (!(cause instanceof Error && "code" in cause && cause.code === "EMFILE")) return undefined;
  return "the demo needs about 2,100 open files, and this shell allows fewer: raise its limit with `ulimit -n 4096`";
}
