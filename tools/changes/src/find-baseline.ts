import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UsageProblem } from "@org/vendors";
import { surfaceOfFolder } from "./package-surface.ts";
import type { PublishedPackage } from "./workspace.ts";

/** What a package is compared with. */
export interface Baseline {
  /** Its name in messages: a version, a tag or a commit. */
  readonly label: string;
  /** Path of the specification; `undefined` if there was none. */
  readonly spec: string | undefined;
  /** The listed surface; `undefined` if the package did not exist. */
  readonly surface: string | undefined;
}

/** Where to look for what was published last. */
export interface BaselineOptions {
  /** A git reference, a checkout, or a folder of unpacked packages. */
  readonly base?: string | undefined;
  /** A registry to ask for the last version. No registry is asked unless one is given, since our names may belong to another project there. */
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
 * else the commit at which the branch left the base branch.
 */
export function baselineFinder(repository: string, { base, registry }: BaselineOptions): BaselineFinder {
  const scratch = mkdtempSync(join(tmpdir(), "changes-"));
  const atCommit = (commit: string, label: string, pack: PublishedPackage): Baseline => {
    const folder = join(scratch, commit);
    if (!existsSync(folder)) unpackCommit(repository, commit, folder);
    return inCheckout(label, folder, pack);
  };
  return {
    find(pack) {
      if (base !== undefined) {
        const folder = resolve(base);
        if (existsSync(join(folder, "packages"))) return inCheckout(base, folder, pack);
        if (existsSync(folder)) return amongUnpacked(base, folder, pack);
        const commit = commitOf(repository, base);
        if (commit) return atCommit(commit, base, pack);
        throw new UsageProblem(
          `--base: expected a git reference, a checkout or a folder of unpacked packages, found "${base}"`,
        );
      }
      const published = registry && unpackVersion(registry, pack.name, scratch);
      if (published) return inPackage(published);
      const tag = lastTag(repository, pack.name);
      const commit = tag && commitOf(repository, tag);
      if (commit) return atCommit(commit, tag, pack);
      const fork = mergeBase(repository);
      return atCommit(fork, `the merge base (${fork.slice(0, 7)})`, pack);
    },
    dispose: () => rmSync(scratch, { recursive: true, force: true }),
  };
}

/** A package as it stood in a checkout. */
function inCheckout(label: string, root: string, { folder, source }: PublishedPackage): Baseline {
  const spec = source && join(root, source.file);
  const pack = join(root, folder);
  return {
    label,
    spec: spec && existsSync(spec) ? spec : undefined,
    surface: existsSync(join(pack, "package.json")) ? surfaceOfFolder(pack) : undefined,
  };
}

function amongUnpacked(base: string, folder: string, { name }: PublishedPackage): Baseline {
  const folders = [folder, ...readdirSync(folder).map((entry) => join(folder, entry))];
  const packages = folders.filter((path) => existsSync(join(path, "package.json")));
  const found = packages.find((path) => manifestIn(path).name === name);
  if (!found) return { label: base, spec: undefined, surface: undefined };
  const unpacked = inPackage(found);
  return { ...unpacked, label: `${unpacked.label} in ${base}` };
}

/** A package as it was published, unpacked. */
function inPackage(folder: string): Baseline {
  const { name, version } = manifestIn(folder);
  const spec = join(folder, "openapi.yaml");
  return {
    label: `${name}@${version}`,
    spec: existsSync(spec) ? spec : undefined,
    surface: surfaceOfFolder(folder),
  };
}

function manifestIn(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function unpackCommit(repository: string, commit: string, folder: string): void {
  mkdirSync(folder);
  const archive = execFileSync("git", ["archive", "--format=tar", commit], {
    cwd: repository,
    maxBuffer: 2 ** 30,
  });
  execFileSync("tar", ["-xf", "-", "-C", folder], { input: archive });
}

/** So that a registry that is down does not cost minutes. */
const IMPATIENT =
  "--fetch-retries=1 --fetch-retry-mintimeout=500 --fetch-retry-maxtimeout=500 --loglevel=error".split(" ");

/** The last version, unpacked; `undefined` if the registry has none. */
function unpackVersion(registry: string, name: string, scratch: string): string | undefined {
  const folder = mkdtempSync(join(scratch, "published-"));
  const words = ["pack", name, "--json", "--registry", registry, "--cache", join(scratch, "npm")];
  try {
    // `npm` is a script on some systems, which only a shell can start; nothing here comes from a specification.
    const output = execFileSync("npm", [...words, ...IMPATIENT], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const [packed] = JSON.parse(output);
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
  const config = readFileSync(join(repository, ".changeset/config.json"), "utf8");
  const { baseBranch = "main" } = JSON.parse(config);
  for (const branch of [`origin/${baseBranch}`, baseBranch]) {
    const commit = git(repository, "merge-base", "HEAD", branch);
    if (commit) return commit;
  }
  throw new UsageProblem(
    `expected a release tag, or a branch ${baseBranch} that shares history with this one, found neither; fetch the whole history or pass --base`,
  );
}

function commitOf(repository: string, reference: string): string | undefined {
  return git(repository, "rev-parse", "--verify", `${reference}^{commit}`);
}

/** Runs git in a repository and returns what it prints; `undefined` if it fails. */
function git(repository: string, ...words: readonly string[]): string | undefined {
  try {
    return execFileSync("git", words, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
