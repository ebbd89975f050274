import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { UsageProblem } from "@org/vendors";
import { surfaceOfFolder } from "./surface.ts";
import type { WorkspacePackage } from "./workspace.ts";

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
export interface Search {
  readonly repository: string;
  /** A folder to unpack into. */
  readonly scratch: string;
  /** A git reference, a checkout, or a folder of unpacked packages. */
  readonly base?: string | undefined;
  /** A registry to ask for the last version. No registry is asked unless one is given, since our names may belong to another project there. */
  readonly registry?: string | undefined;
}

/**
 * Finds the last published state of a package: what `base` says, else the last version in the registry, else the last release tag,
 * else the commit at which the branch left the base branch.
 */
export async function findBaseline(search: Search, pack: WorkspacePackage): Promise<Baseline> {
  const { repository, scratch, base, registry } = search;
  if (base !== undefined) return atBase(search, base, pack);
  const published = registry && (await unpackVersion(registry, pack.name, scratch));
  if (published) return inPackage(published);
  const tag = lastTag(repository, pack.name);
  const tagged = tag && commitOf(repository, tag);
  if (tagged) return atCommit(search, tagged, tag, pack);
  const fork = mergeBase(repository);
  return atCommit(search, fork, `the merge base (${fork.slice(0, 7)})`, pack);
}

function atBase(search: Search, base: string, pack: WorkspacePackage): Baseline {
  const folder = resolve(base);
  if (existsSync(join(folder, "packages"))) return inCheckout(base, folder, pack);
  if (existsSync(folder)) return amongUnpacked(base, folder, pack);
  const commit = commitOf(search.repository, base);
  if (commit) return atCommit(search, commit, base, pack);
  const expected = "a git reference, a checkout or a folder of unpacked packages";
  throw new UsageProblem(`--base: expected ${expected}, found "${base}"`);
}

function atCommit(
  { repository, scratch }: Search,
  commit: string,
  label: string,
  pack: WorkspacePackage,
): Baseline {
  const folder = join(scratch, commit);
  if (!existsSync(folder)) {
    mkdirSync(folder);
    const options = { cwd: repository, maxBuffer: 2 ** 30 };
    const archive = execFileSync("git", ["archive", "--format=tar", commit], options);
    execFileSync("tar", ["-xf", "-", "-C", folder], { input: archive });
  }
  return inCheckout(label, folder, pack);
}

/** A package as it stood in a checkout. */
function inCheckout(label: string, root: string, { folder, vendor }: WorkspacePackage): Baseline {
  return inFolder(label, join(root, folder), vendor && join(root, vendor.file));
}

function inFolder(label: string, folder: string, spec: string | undefined): Baseline {
  return {
    label,
    spec: spec && existsSync(spec) ? spec : undefined,
    surface: existsSync(join(folder, "package.json")) ? surfaceOfFolder(folder) : undefined,
  };
}

function amongUnpacked(base: string, folder: string, { name }: WorkspacePackage): Baseline {
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
  return inFolder(`${name}@${version}`, folder, join(folder, "openapi.yaml"));
}

function manifestIn(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** So that a registry that is down does not cost minutes. */
const IMPATIENT =
  "--fetch-retries=1 --fetch-retry-mintimeout=500 --fetch-retry-maxtimeout=500 --loglevel=error".split(" ");

/** The last version, unpacked; `undefined` if the registry has none. */
async function unpackVersion(registry: string, name: string, scratch: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(scratch, "published-"));
  const words = ["pack", name, "--json", "--registry", registry, "--cache", join(scratch, "npm")];
  // `npm` is a script on some systems, which only a shell can start; nothing here comes from a specification.
  const options = { cwd: folder, shell: process.platform === "win32" };
  try {
    const { stdout } = await promisify(execFile)("npm", [...words, ...IMPATIENT], options);
    const [packed] = JSON.parse(stdout);
    execFileSync("tar", ["-xzf", packed.filename], { cwd: folder });
    return join(folder, "package");
  } catch (error) {
    const output = String((error as { stderr?: unknown }).stderr ?? error);
    if (/E404/.test(output)) return undefined;
    const [found] = output.trim().split("\n");
    throw new UsageProblem(`--registry: expected a response from ${registry} about ${name}, found: ${found}`);
  }
}

/** The last release tag on this branch: changesets tags `<name>@<version>`. */
function lastTag(repository: string, name: string): string | undefined {
  // Without the suffix, git takes a prerelease for something later than its release.
  const sorted = ["-c", "versionsort.suffix=-", "tag", "--sort=-version:refname"];
  const tags = git(repository, ...sorted, "--list", `${name}@*`, "--merged", "HEAD");
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
  const { status, stdout } = spawnSync("git", words, { cwd: repository, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}
