import { readArguments, runCommand } from "@org/vendors";

const HELP = `Usage: pnpm demo

Starts a sandbox of all vendors on a free loopback port and takes each vendor's
token through its life: asked for by 1,000 calls at once, revoked, expired. Then
presents a wrong credential. Exits with 1 unless the sandbox counted exactly one
token request for the 1,000 calls, one after the revocation and one after the
expiry.

  --help   this text
`;

await runCommand(async () => {
  const { values } = readArguments({ options: { help: { type: "boolean" } } }, "--help or nothing");
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
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
