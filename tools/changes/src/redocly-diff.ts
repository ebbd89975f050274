import { execFile } from "node:child_process";
import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Bump } from "./reason.ts";

/** A change as `redocly diff` reports it. */
export interface Change {
  /** JSON pointer of what changed, through references, with a leading `#`. */
  readonly path: string;
  readonly typeName: string;
  readonly kind: "added" | "removed" | "modified";
  readonly impact: Exclude<Bump, "none">;
  readonly verdicts: readonly { readonly ruleId: string; readonly message: string }[];
  /** The member that changed, of something that was modified. */
  readonly property?: string;
  readonly base?: { readonly value: unknown };
  readonly revision?: { readonly value: unknown };
}

const CLI = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js");
const CONFIG = resolve(import.meta.dirname, "../redocly-diff.yaml");

/**
 * Every difference between two OpenAPI descriptions, as `redocly diff` sees them.
 *
 * @throws {Error} with what the command printed, if it does not produce a report.
 */
export async function redoclyDiff(base: unknown, revision: unknown): Promise<readonly Change[]> {
  await using folder = await mkdtempDisposable(join(tmpdir(), "changes-"));
  await writeFile(join(folder.path, "base.json"), JSON.stringify(base));
  await writeFile(join(folder.path, "revision.json"), JSON.stringify(revision));
  const options = ["--config", CONFIG, "--format", "json", "--fail-on", "none"];
  const words = [CLI, "diff", "base.json", "revision.json", ...options];
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd: folder.path,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout).changes;
}
