import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { run } from "./run.ts";
import { type Published, pnpm, release } from "./workspace.ts";

/** A release that follows from a change of one specification. */
export interface BreakingRelease {
  readonly client: Published;
  readonly previous: string;
  /** What the changelog says of the new version. */
  readonly changelog: string;
}

/**
 * Moves a vendor's token endpoint to another path and releases what follows from that.
 *
 * @throws {Error} unless exactly that client gets a new major version, with a changelog that says what broke.
 */
export async function releaseBreakingChange(
  workspace: string,
  vendor: string,
  registry: string,
  previous: string,
): Promise<BreakingRelease> {
  const path = movePath(join(workspace, "specs", vendor, "openapi.yaml"));
  await pnpm(workspace, "generate", vendor);
  await pnpm(
    workspace,
    "exec",
    "turbo",
    "run",
    "build",
    "--filter=./packages/*",
    "--output-logs=errors-only",
  );
  const changes = join(workspace, "tools/spec-changes/src/main.ts");
  await run(process.execPath, [changes, "--write", "--registry", registry], { cwd: workspace });
  const released = await release(workspace, registry);
  const [client, ...others] = released;
  if (client?.name !== `@org/${vendor}-client` || others.length > 0) {
    const names = released.map(({ name, version }) => `${name}@${version}`).join(", ");
    throw new Error(`expected a new version of @org/${vendor}-client alone, found ${names || "none"}`);
  }
  const major = (version: string) => Number(version.split(".")[0]);
  if (major(client.version) !== major(previous) + 1) {
    throw new Error(`expected the major version after ${previous}, found ${client.version}`);
  }
  const changelog = latestEntry(readFileSync(join(client.folder, "CHANGELOG.md"), "utf8"));
  if (!/major/i.test(changelog) || !changelog.includes(path)) {
    throw new Error(`expected the changelog to say that ${path} is gone, found:\n${changelog}`);
  }
  return { client, previous, changelog };
}

/** Answers the path that is gone. */
function movePath(file: string): string {
  const document = parseDocument(readFileSync(file, "utf8"));
  const { paths } = document.toJS();
  const [path = ""] = Object.keys(paths);
  const item = document.getIn(["paths", path]);
  document.deleteIn(["paths", path]);
  document.setIn(["paths", `${path}/v2`], item);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  return path;
}

/** The text under the first heading of a version. */
function latestEntry(changelog: string): string {
  return (changelog.split(/^## /m)[1] ?? "").trim();
}
