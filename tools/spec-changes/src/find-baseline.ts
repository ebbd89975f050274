import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UsageProblem } from "@org/vendors";
import { type Baseline, baselineInCheckout, baselineInPackage, versionIn } from "./baseline.ts";
import { git } from "./git.ts";
import type { PublishedPackage } from "./workspace.ts";

/** Where to look for what was published last. */
export interface BaselineOptions {
  /** A git reference, a checkout, or a folder of unpacked packages. */
  readonly base?: string | undefined;
  /** A registry to ask for the last version. None is asked unless one is given: a name of ours may belong to another project there. */
  readonly registry?: string | undefined;
}

/** Finds what packages are compared with. */
export interface BaselineFinder {
  find(pack: PublishedPackage): Baseline;
  /** Removes what was unpacked. */
  dispose(): void;
}

/**
 * Finds the last published state of a package: what `base` says, else the last version in the registry, else the last release tag,
 * else where the branch left the base branch.
 */
export function baselineFinder(repository: string, { base, registry }: BaselineOptions): BaselineFinder {
  const scratch = mkdtempSync(join(tmpdir(), "changes-"));
  const checkouts = new Map<string, string>();
  const atCommit = (reference: string, label: string, pack: PublishedPackage): Baseline => {
    const commit = git(repository, "rev-parse", "--verify", `${reference}^{commit}`) ?? reference;
    const root = checkouts.get(commit) ?? unpackCommit(repository, commit, join(scratch, commit));
    checkouts.set(commit, root);
    return baselineInCheckout(label, root, pack);
  };
  return {
    find(pack) {
      if (base !== undefined) return givenBaseline(repository, base, pack, atCommit);
      const version = registry && unpackVersion(registry, pack.name, scratch);
      if (version) return baselineInPackage(`${pack.name}@${versionIn(version)}`, version);
      const tag = lastTag(repository, pack.name);
      if (tag) return atCommit(tag, tag, pack);
      return atCommit(mergeBase(repository), `the merge base (${mergeBase(repository).slice(0, 7)})`, pack);
    },
    dispose: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

function givenBaseline(
  repository: string,
  base: string,
  pack: PublishedPackage,
  atCommit: (reference: string, label: string, pack: PublishedPackage) => Baseline,
): Baseline {
  const folder = resolve(base);
  if (existsSync(join(folder, "packages"))) return baselineInCheckout(base, folder, pack);
  if (existsSync(folder)) {
    const found = [folder, ...readdirSync(folder).map((name) => join(folder, name))].find(
      (path) => nameIn(path) === pack.name,
    );
    if (found) return baselineInPackage(`${pack.name}@${versionIn(found)} in ${base}`, found);
    return { label: base, spec: undefined, surface: undefined };
  }
  if (git(repository, "rev-parse", "--verify", `${base}^{commit}`) === undefined) {
    throw new UsageProblem(
      `--base: expected a git reference, a checkout or a folder of unpacked packages, found "${base}"`,
    );
  }
  return atCommit(base, base, pack);
}

function nameIn(folder: string): string | undefined {
  const path = join(folder, "package.json");
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).name : undefined;
}

function unpackCommit(repository: string, commit: string, folder: string): string {
  mkdirSync(folder);
  const present = ["packages", "specs"].filter(
    (path) => git(repository, "cat-file", "-e", `${commit}:${path}`) !== undefined,
  );
  if (present.length === 0) return folder;
  const archive = execFileSync("git", ["archive", "--format=tar", commit, ...present], {
    cwd: repository,
    maxBuffer: 2 ** 30,
  });
  execFileSync("tar", ["-xf", "-", "-C", folder], { input: archive });
  return folder;
}

/** Not minutes for a registry that is down. */
const IMPATIENT = [
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=500",
  "--fetch-retry-maxtimeout=500",
  "--loglevel=error",
];

/** The last version, unpacked; `undefined` where the registry has none. */
function unpackVersion(registry: string, name: string, scratch: string): string | undefined {
  const folder = mkdtempSync(join(scratch, "published-"));
  // `npm` is a script on some systems, which only a shell can start; nothing here comes from a specification.
  const npm = (words: readonly string[]) =>
    execFileSync("npm", [...words, "--registry", registry, "--cache", join(scratch, "npm"), ...IMPATIENT], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
  try {
    const [packed] = JSON.parse(npm(["pack", name, "--json"]));
    execFileSync("tar", ["-xzf", packed.filename], { cwd: folder });
    return join(folder, "package");
  } catch (error) {
    const output = String((error as { stderr?: unknown }).stderr ?? error);
    if (/E404/.test(output)) return undefined;
    throw new UsageProblem(
      `--registry: expected ${registry} to answer about ${name}, found: ${output.trim().split("\n")[0]}`,
    );
  }
}

/** The last release tag on this branch: changesets tags `<name>@<version>`. */
function lastTag(repository: string, name: string): string | undefined {
  const tags = git(repository, "tag", "--list", `${name}@*`, "--merged", "HEAD", "--sort=-version:refname");
  return tags?.split("\n")[0] || undefined;
}

function mergeBase(repository: string): string {
  const { baseBranch = "main" } = JSON.parse(
    readFileSync(join(repository, ".changeset/config.json"), "utf8"),
  );
  for (const branch of [`origin/${baseBranch}`, baseBranch]) {
    const commit = git(repository, "merge-base", "HEAD", branch);
    if (commit) return commit;
  }
  throw new UsageProblem(
    `expected a release tag, or a branch ${baseBranch} that shares history with this one, found neither; fetch the whole history or say --base`,
  );
}
