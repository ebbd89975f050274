import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { pnpm, runNode } from "./processes.ts";
import { build, release } from "./workspace.ts";

/**
 * Moves a vendor's token endpoint to another path and releases what follows from that; returns the new version and the last
 * statement of its changelog, which is the most exact one.
 *
 * @throws {Error} unless exactly that client gets a new major version, with a changelog that says what broke.
 */
export async function releaseBreakingChange(
  workspace: string,
  vendor: string,
  registry: string,
  previous: string,
): Promise<string> {
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
  if (Number.parseInt(client.version, 10) !== Number.parseInt(previous, 10) + 1) {
    throw new Error(`expected the major version after ${previous}, found ${client.version}`);
  }
  const changelog = readFileSync(join(workspace, client.folder, "CHANGELOG.md"), "utf8");
  // What stands under the first heading of a version.
  const [, latest = ""] = changelog.split(/^## /m);
  if (!/major/i.test(latest) || !latest.includes(path)) {
    throw new Error(`expected the changelog to say that ${path} is gone, found:\n${latest}`);
  }
  const [, statement = ""] = [...latest.matchAll(/^\s*- (.*)$/gm)].at(-1) ?? [];
  return `${previous} -> ${client.version}: ${statement}`;
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
