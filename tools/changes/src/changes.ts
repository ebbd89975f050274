import { mkdtempDisposableSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, UsageProblem } from "@org/vendors";
import { analyse } from "./analyse.ts";
import { writeChangesets } from "./changesets.ts";
import { findBaseline } from "./find-baseline.ts";
import { check, report } from "./report.ts";
import { readPackages, staleLists } from "./workspace.ts";

const OPTIONS = {
  write: { type: "boolean" },
  check: { type: "boolean" },
  "update-surface": { type: "boolean" },
  base: { type: "string" },
  registry: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;
const EXPECTED =
  "one of --write, --check and --update-surface, or none, with --base, --registry, --json or --help";

/** What a run prints, and its exit code: 0, or 1 if a check fails. */
export interface Outcome {
  readonly status: 0 | 1;
  readonly text: string;
}

/**
 * Runs the command in a repository.
 *
 * @throws {UsageProblem} for arguments, or a repository, that it cannot work with, such as a specification that the generator
 * refuses.
 */
export async function changes(repository: string, args: readonly string[]): Promise<Outcome> {
  const { values } = readArguments({ args: [...args], options: OPTIONS }, EXPECTED);
  const modes = (["write", "check", "update-surface"] as const).filter((mode) => values[mode]);
  if (modes.length > 1) throw new UsageProblem(`--${modes.join(" and --")} together: expected ${EXPECTED}`);
  if (values.base !== undefined && values.registry !== undefined) {
    throw new UsageProblem("--base and --registry together: expected one of them, to compare with");
  }
  if (values.help) return { status: 0, text: readFileSync(join(import.meta.dirname, "help.txt"), "utf8") };
  const packages = readPackages(repository);
  if (values["update-surface"]) {
    const changed = staleLists(repository, packages, { update: true });
    return { status: 0, text: `${changed.map((path) => `wrote ${path}`).join("\n") || "unchanged"}\n` };
  }
  using scratch = mkdtempDisposableSync(join(tmpdir(), "changes-"));
  const search = { repository, scratch: scratch.path, base: values.base, registry: values.registry };
  const verdicts = await analyse(repository, packages, (pack) => findBaseline(search, pack));
  if (values.write) return { status: 0, text: writeChangesets(repository, verdicts) };
  const found = report(verdicts, values.json === true);
  if (!values.check) return { status: 0, text: found };
  const { text, passed } = check(verdicts, staleLists(repository, packages, { update: false }));
  return { status: passed ? 0 : 1, text: values.json ? found : text };
}
