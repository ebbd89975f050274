import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyCheckout, type PublishedPackage, publishedPackages } from "@org/vendors";
import { pnpm, run } from "./processes.ts";

/** Where the packages come from, and the recipes. */
export interface Source {
  readonly workspace: string;
  /** The URL of the registry, with a slash at the end. */
  readonly registry: string;
  readonly packages: readonly PublishedPackage[];
}

/**
 * Copies what git knows or would add, so that a release is rehearsed as the checkout stands, installs it and makes it its
 * own repository.
 */
export async function copyWorkspace(folder: string): Promise<void> {
  copyCheckout(folder);
  await pnpm(folder, "install", "--frozen-lockfile", "--prefer-offline");
  await git(folder, "init", "--quiet", "--initial-branch=main");
  await commit(folder, "Before the release");
}

/** Turns the pending changesets into versions and changelogs, and publishes what the registry lacks; returns what is new. */
export async function release(workspace: string, registry: string): Promise<PublishedPackage[]> {
  const before = new Map(publishedPackages(workspace).map(({ name, version }) => [name, version]));
  await pnpm(workspace, "exec", "changeset", "version");
  await build(workspace, "build", "bundle");
  await commit(workspace, "Version packages");
  const { host } = new URL(registry);
  writeFileSync(join(workspace, ".npmrc"), `@org:registry=${registry}\n//${host}/:_authToken=rehearsal\n`);
  await pnpm(workspace, "exec", "changeset", "publish");
  return publishedPackages(workspace).filter(({ name, version }) => before.get(name) !== version);
}

/** Runs tasks of the published packages. */
export async function build(workspace: string, ...tasks: readonly string[]): Promise<void> {
  const options = ["--filter=./packages/*", "--output-logs=errors-only"];
  await pnpm(workspace, "exec", "turbo", "run", ...tasks, ...options);
}

/** A changeset for every published package, if none is pending. */
export function ensureChangesets(workspace: string): void {
  const folder = join(workspace, ".changeset");
  const pending = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  if (pending.length > 0) return;
  const lines = publishedPackages(workspace).map(({ name }) => `"${name}": minor`);
  writeFileSync(join(folder, "rehearsal.md"), `---\n${lines.join("\n")}\n---\n\nA release, rehearsed.\n`);
}

async function commit(cwd: string, message: string): Promise<void> {
  await git(cwd, "add", "--all");
  await git(cwd, "commit", "--quiet", "--allow-empty", "--message", message);
}

function git(cwd: string, ...words: string[]): Promise<string> {
  const who = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  return run("git", [...who, ...words], { cwd });
}
