import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { pnpm, runNode } from "./run.ts";
import { build, release } from "./workspace.ts";

/** A release that follows from a change of one specification. */
export interface BreakingRelease {
  readonly name: string;
  readonly version: string;
  /** What the changelog says about the new version. */
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
  await build(workspace, "build");
  const changes = join(workspace, "tools/changes/src/main.ts");
  await runNode([changes, "--write", "--registry", registry], { cwd: workspace });
  const released = await release(workspace, registry);
  const [client, ...others] = released;
  if (client?.name !== `@org/${vendor}-client` || others.length > 0) {
    const names = released.map(({ name, version }) => `${name}@${version}`).join(", ");
    throw new Error(`expected a new version of @org/${vendor}-client alone, found ${names || "none"}`);
  }
  const { name, version, folder } = client;
  if (Number.parseInt(version, 10) !== Number.parseInt(previous, 10) + 1) {
    throw new Error(`expected the major version after ${previous}, found ${version}`);
  }
  // What stands under the first heading of a version.
  const [, latest = ""] = readFileSync(join(folder, "CHANGELOG.md"), "utf8").split(/^## /m);
  if (!/major/i.test(latest) || !latest.includes(path)) {
    throw new Error(`expected the changelog to say that ${path} is gone, found:\n${latest}`);
  }
  return { name, version, changelog: latest };
}

/** Returns the path that is gone. */
function movePath(file: string): string {
  const document = parseDocument(readFileSync(file, "utf8"));
  const [path = ""] = Object.keys(document.toJS().paths);
  const item = document.getIn(["paths", path]);
  document.deleteIn(["paths", path]);
  document.setIn(["paths", `${path}/v2`], item);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  return path;
}
