import { parseArgs } from "node:util";
import { UsageProblem } from "@org/vendors";
import { analyse } from "./analyse.ts";
import { readDeclarations } from "./changesets.ts";
import { check } from "./check.ts";
import { baselineFinder } from "./find-baseline.ts";
import { report } from "./report.ts";
import { staleLists, updateLists } from "./surface-lists.ts";
import { publishedPackages } from "./workspace.ts";
import { write } from "./write.ts";

const HELP = `Usage: pnpm changes [--write | --check | --update-surface] [--base <where>] [--registry <url>] [--json]

Compares each package's specification and exports with what was published last, and says which
version it deserves and why: none, patch, minor or major.

  --write            write the changesets that are missing, or too small, to .changeset
  --check            write nothing; exit with 1 and name the missing lines. A greater bump is always
                     allowed; a smaller one needs a line "Lowered: <reason>" in its changeset
  --update-surface   write tools/spec-changes/surface, the reviewed lists of what packages export
  --base <where>     a git reference, a checkout, or a folder of unpacked packages to compare with
                     (default: the last release tag, else the merge base with the base branch)
  --registry <url>   compare with the last version in this registry, where it has one
  --json             print the result as JSON
  --help             this text
`;

/** What a run prints, and its exit code: 0, or 1 where a check fails. */
export interface Outcome {
  readonly status: 0 | 1;
  readonly text: string;
}

/**
 * Runs the command in a repository.
 *
 * @throws {UsageProblem} for arguments, or a repository, that it cannot work with.
 * @throws {SpecRefused} for a specification that the generator refuses.
 */
export async function changes(repository: string, args: readonly string[]): Promise<Outcome> {
  const values = readArguments(args);
  if (values.help) return { status: 0, text: HELP };
  const packages = publishedPackages(repository);
  if (values["update-surface"]) {
    const changed = updateLists(repository, packages);
    return { status: 0, text: `${changed.map((path) => `wrote ${path}`).join("\n") || "unchanged"}\n` };
  }
  const finder = baselineFinder(repository, values);
  try {
    const verdicts = await analyse(repository, finder);
    const declared = await readDeclarations(repository);
    if (values.write) return { status: 0, text: write(repository, verdicts, declared) };
    const found = report(verdicts, declared, values.json === true);
    if (!values.check) return { status: 0, text: found };
    const { text, passed } = check(verdicts, declared, staleLists(repository, packages));
    return { status: passed ? 0 : 1, text: values.json ? found : text };
  } finally {
    finder.dispose();
  }
}

function readArguments(args: readonly string[]) {
  const options = {
    write: { type: "boolean" },
    check: { type: "boolean" },
    "update-surface": { type: "boolean" },
    base: { type: "string" },
    registry: { type: "string" },
    json: { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const modes = (["write", "check", "update-surface"] as const).filter((mode) => values[mode]);
    if (modes.length > 1) throw new Error(`--${modes.join(" and --")} together`);
    return values;
  } catch (error) {
    const [problem = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw new UsageProblem(
      `${problem}: expected one of --write, --check and --update-surface, or none, with --base, --registry, --json or --help`,
    );
  }
}
