import { execFileSync } from "node:child_process";
import { createInterface } from "node:readline/promises";
import { REPOSITORY, runCommand, UsageProblem } from "@org/vendors";
import { removalOf, remove } from "./remove-vendor.ts";

const HELP = `Usage: pnpm remove-vendor <vendor> [--yes]

Removes everything that \`pnpm new-vendor\` created for a vendor: its specification, package, entry in redocly.yaml,
changesets and lists, whether it is still listed or not. Says what that is and asks first; without a
terminal it needs --yes. Names the files that still mention its package.

  --yes    do not ask
  --help   this text
`;

const SYNTAX = { help: HELP, options: { yes: { type: "boolean" } }, words: "a vendor" } as const;

await runCommand(SYNTAX, async ({ values, positionals }) => {
  const [slug, ...others] = positionals;
  if (slug === undefined || others.length > 0) {
    throw new UsageProblem(`vendor: expected one slug, such as acme-pay, received ${positionals.length}`);
  }
  const removal = removalOf(REPOSITORY, slug);
  for (const path of removal.removed) console.log(`remove ${path}`);
  for (const path of removal.changed.keys()) console.log(`change ${path}`);
  if (!(values.yes || (await isWanted()))) {
    console.log("Nothing was removed.");
    return 0;
  }
  remove(REPOSITORY, removal);
  const client = `@org/${slug}-client`;
  const left = mentions(client);
  console.log(left.length > 0 ? `\n${client} is still mentioned in ${left.join(", ")}` : "");
  console.log("Now: pnpm install, which takes its lines out of pnpm-lock.yaml, then pnpm test.");
  return 0;
});

async function isWanted(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageProblem("expected --yes, since there is no terminal to ask in");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Remove all this? (yes or no) [no] ");
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** The files that still contain a text, according to git; none if this is not a checkout. */
function mentions(text: string): string[] {
  try {
    const found = execFileSync("git", ["grep", "--untracked", "-lF", text, "--", ":!pnpm-lock.yaml"], {
      cwd: REPOSITORY,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return found.trim().split("\n");
  } catch {
    return [];
  }
}
