import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { UsageProblem } from "./command-line.ts";
import { findPaths, updateFolder } from "./files.ts";

/** A vendor of `redocly.yaml`, and where its files are, as paths from the root of the repository. */
export interface Vendor {
  /** Such as `"acme-pay"`. */
  readonly slug: string;
  /** The specification, such as `"specs/acme-pay/openapi.yaml"`. */
  readonly file: string;
  /** The folder of the client's package, such as `"packages/acme-pay-client"`. */
  readonly client: string;
  /** The root of the repository. */
  readonly repository: string;
}

/** The root of this repository. */
export const REPOSITORY: string = resolve(import.meta.dirname, "../../..");

/**
 * The vendors of the `apis` of `redocly.yaml`, in its order: all of them, or those named.
 *
 * @throws {UsageProblem} for a vendor that is not in the list, has a name that cannot be part of code, or has no package.
 */
export function listVendors(repository: string = REPOSITORY, names: readonly string[] = []): Vendor[] {
  const document: unknown = parse(readFileSync(join(repository, "redocly.yaml"), "utf8"));
  const apis = objectOf(objectOf(document).apis);
  const unknown = names.find((name) => !Object.hasOwn(apis, name));
  if (unknown !== undefined) {
    const known = Object.keys(apis).join(", ");
    throw new UsageProblem(`unknown vendor "${unknown}": expected one of ${known || "none"}`);
  }
  return Object.entries(apis)
    .filter(([slug]) => names.length === 0 || names.includes(slug))
    .map(([slug, api]) => vendorOf(repository, slug, api));
}

function vendorOf(repository: string, slug: string, api: unknown): Vendor {
  const file = objectOf(api).root;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(slug) || typeof file !== "string") {
    const expected = 'a vendor such as "acme-pay" with a root such as "specs/acme-pay/openapi.yaml"';
    throw new UsageProblem(`redocly.yaml#/apis/${slug}: expected ${expected}`);
  }
  const client = `packages/${slug}-client`;
  if (!existsSync(join(repository, client, "package.json"))) {
    throw new UsageProblem(`${slug}: expected a package at ${client}, found none`);
  }
  return { slug, file, client, repository };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/**
 * Reads and parses a vendor's specification, which may be anything that YAML can express: the text of its file, and its
 * content.
 *
 * @throws {UsageProblem} for a file that cannot be read or is not YAML.
 */
export function readSpecification({ repository, file }: Pick<Vendor, "repository" | "file">): {
  readonly text: string;
  readonly document: unknown;
} {
  const path = join(repository, file);
  try {
    const text = readFileSync(path, "utf8");
    return { text, document: parsed(text) };
  } catch (error) {
    const [found = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageProblem(`${file}: expected a readable YAML file, found: ${found.replace(path, file)}`);
  }
}

/** JSON is YAML as well, but its own parser reads a long specification in a fiftieth of the time. It takes the last of duplicate keys, which `pnpm lint` refuses. */
function parsed(text: string): unknown {
  try {
    if (text.startsWith("{")) return JSON.parse(text);
  } catch {
    // YAML's own objects start with a brace, too.
  }
  return parse(text);
}

/** Writes `<vendor>.json` for every vendor into a folder, for a package that carries specifications, and removes what is stale there. */
export async function bundleSpecifications(folder: URL): Promise<void> {
  const files = listVendors().map((vendor) => {
    return { name: `${vendor.slug}.json`, text: `${JSON.stringify(readSpecification(vendor).document)}\n` };
  });
  // Packing runs this too, perhaps while tests read the files: those that are right already must not be touched.
  updateFolder(fileURLToPath(folder), files);
}

/** Copies the files of this repository that git knows or would add, as they are in the work tree, to a folder. */
export function copyCheckout(folder: string): void {
  const words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", words, { cwd: REPOSITORY, encoding: "utf8" }).split("\0");
  for (const path of listed.filter((path) => path !== "" && existsSync(join(REPOSITORY, path)))) {
    cpSync(join(REPOSITORY, path), join(folder, path), { recursive: true });
  }
}

/** What is about vendors, listed or not: specifications, clients, the lists of what they export, and changesets. */
function traces(repository: string): { readonly path: string; readonly slugs: readonly string[] }[] {
  const patterns = ["specs/*", "packages/*-client", "tools/changes/surface/*-client.txt"];
  const own = patterns.flatMap((pattern) => {
    const [start = "", end = ""] = pattern.split("*");
    return findPaths(repository, pattern).map((path) => {
      return { path, slugs: [path.slice(start.length, path.length - end.length)] };
    });
  });
  const changesets = findPaths(repository, ".changeset/*.md").map((path) => {
    const named = readFileSync(join(repository, path), "utf8").matchAll(/^"@org\/(.+)-client": /gm);
    return { path, slugs: [...named].map(([, slug = ""]) => slug) };
  });
  return [...own, ...changesets];
}

/** What is left of vendors that `redocly.yaml` does not list, as paths from the root of the repository. */
export function orphans(repository: string): string[] {
  const known = new Set(listVendors(repository).map(({ slug }) => slug));
  return traces(repository)
    .filter(({ slugs }) => slugs.some((slug) => !known.has(slug)))
    .map(({ path }) => path);
}

/** What there is about a vendor, listed or not, as paths from the root of the repository. */
export function tracesOf(repository: string, slug: string): string[] {
  return traces(repository)
    .filter(({ slugs }) => slugs.includes(slug))
    .map(({ path }) => path);
}
