import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./run.ts";

/** A published package of the workspace. */
export interface Published {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

/**
 * Copies what git knows or would add, so that a release is rehearsed as the checkout stands, installs it and makes it a
 * repository of its own.
 */
export async function copyWorkspace(repository: string, folder: string): Promise<string> {
  const listed = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: repository,
  });
  for (const path of listed.split("\0").filter((path) => path && existsSync(join(repository, path)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(repository, path), join(folder, path));
  }
  await pnpm(folder, "install", "--frozen-lockfile", "--prefer-offline");
  await git(folder, "init", "--quiet", "--initial-branch=main");
  await commit(folder, "Before the release");
  return folder;
}

/** The packages that are published, as they stand in the copy. */
export function publishedPackages(workspace: string): Published[] {
  return readdirSync(join(workspace, "packages"))
    .map((name) => join(workspace, "packages", name))
    .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) }))
    .filter((manifest) => manifest.private !== true)
    .map(({ name, version, folder }) => ({ name, version, folder }));
}

/** Turns the pending changesets into versions and changelogs, and publishes what the registry lacks; answers what is new. */
export async function release(workspace: string, registry: string): Promise<Published[]> {
  const before = new Map(publishedPackages(workspace).map(({ name, version }) => [name, version]));
  await pnpm(workspace, "exec", "changeset", "version");
  await pnpm(
    workspace,
    "exec",
    "turbo",
    "run",
    "build",
    "bundle",
    "--filter=./packages/*",
    "--output-logs=errors-only",
  );
  await commit(workspace, "Version packages");
  const { host } = new URL(registry);
  writeFileSync(join(workspace, ".npmrc"), `@org:registry=${registry}\n//${host}/:_authToken=rehearsal\n`);
  await pnpm(workspace, "exec", "changeset", "publish");
  return publishedPackages(workspace).filter(({ name, version }) => before.get(name) !== version);
}

/** A changeset for every published package, where none is pending. */
export function ensureChangesets(workspace: string): void {
  const folder = join(workspace, ".changeset");
  const pending = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  if (pending.length > 0) return;
  const lines = publishedPackages(workspace).map(({ name }) => `"${name}": minor`);
  writeFileSync(join(folder, "rehearsal.md"), `---\n${lines.join("\n")}\n---\n\nA release, rehearsed.\n`);
}

/** Runs the pnpm that the repository is meant for. */
export function pnpm(cwd: string, ...words: string[]): Promise<string> {
  const env = { CI: "true", TURBO_TELEMETRY_DISABLED: "1", npm_config_loglevel: "error" };
  return run("npx", ["-y", "pnpm@10", ...words], { cwd, env });
}

/** Commits everything. */
export async function commit(cwd: string, message: string): Promise<void> {
  await git(cwd, "add", "--all");
  await git(cwd, "commit", "--quiet", "--allow-empty", "--message", message);
}

function git(cwd: string, ...words: string[]): Promise<string> {
  const who = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  return run("git", [...who, ...words], { cwd });
}
