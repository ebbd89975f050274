import {
  CLIENT_ENTRY_POINTS,
  COMMAND,
  COMMAND_ENTRY_POINTS,
  compiledFiles,
  entryPoints,
  SHARED,
} from "./package-exports.ts";

/** The members of a `package.json` that are checked. */
export interface Manifest {
  readonly name?: unknown;
  readonly license?: unknown;
  readonly exports?: unknown;
  readonly generatedFrom?: { readonly sha256?: unknown };
  readonly [member: string]: unknown;
}

/** What a registry would get. */
export interface PackedPackage {
  readonly manifest: Manifest;
  /** Paths from the root of the package. */
  readonly files: readonly string[];
  /** Of the specification inside, in hexadecimal. */
  readonly specificationSha256: string | undefined;
}

const ALWAYS = ["package.json", "README.md", "LICENSE"];
const DEPENDENCIES = ["dependencies", "peerDependencies", "optionalDependencies"];

/** What is wrong with a package that is about to be published; empty if it is fit. */
export function problemsOf(packed: PackedPackage): string[] {
  const { manifest, files } = packed;
  return [
    ...(manifest.license === "MIT"
      ? []
      : [`license: expected "MIT", found ${JSON.stringify(manifest.license)}`]),
    ...ALWAYS.filter((file) => !files.includes(file)).map((file) => `${file}: expected it in the package`),
    ...unpublishable(manifest),
    ...files.filter((file) => !belongs(file, manifest)).map(notWanted),
    ...entryProblems(manifest),
    ...(isClient(manifest) ? specificationProblems(packed) : []),
  ];
}

/** Ranges that mean something inside this repository only. */
function unpublishable(manifest: Manifest): string[] {
  return DEPENDENCIES.flatMap((group) =>
    Object.entries(manifest[group] ?? {})
      .filter(([, range]) => /^(workspace|catalog|link|file):/.test(String(range)))
      .map(([name, range]) => `${group}.${name}: expected a range that a registry knows, found ${range}`),
  );
}

/** A compiled file is an entry, the chunk that entries share, or a command; any other must be named by `files` itself. */
function belongs(file: string, { exports, files: listed }: Manifest): boolean {
  if (ALWAYS.includes(file)) return true;
  if (file.startsWith("dist/")) {
    return compiledFiles(exports).includes(file) || CHUNK.test(file) || file === COMMAND;
  }
  const names = Array.isArray(listed) ? listed : [];
  return names.some((name) => file === name || file.startsWith(`${name}/`));
}

const CHUNK = new RegExp(`^dist/${SHARED}(\\.d\\.ts|\\.d\\.cts|\\.js|\\.cjs)$`);

function notWanted(file: string): string {
  return `${file}: expected no such file, since ${file.startsWith("dist/") ? "no entry leads to it" : "`files` does not name it"}`;
}

function isClient({ name }: Manifest): boolean {
  return /-client$/.test(String(name));
}

/** The order of conditions counts, which a comparison of objects would not see. */
function entryProblems(manifest: Manifest): string[] {
  const subpaths = Object.keys(manifest.exports ?? {}).filter((path) => !path.endsWith(".json"));
  const own = manifest.bin && subpaths.length === 0 ? COMMAND_ENTRY_POINTS : entryPoints(subpaths.slice(1));
  const wanted = isClient(manifest) ? CLIENT_ENTRY_POINTS : own;
  return (["main", "types", "typesVersions", "exports"] as const)
    .map((member) => [member, JSON.stringify(wanted[member]), JSON.stringify(manifest[member])] as const)
    .filter(([, expected, found]) => expected !== found)
    .map(
      ([member, expected, found]) => `${member}: expected ${expected ?? "none"}, found ${found ?? "none"}`,
    );
}

function specificationProblems({ manifest, specificationSha256 }: PackedPackage): string[] {
  const recorded = manifest.generatedFrom?.sha256;
  if (specificationSha256 !== undefined && recorded === specificationSha256) return [];
  return [
    `openapi.yaml: expected the specification whose SHA-256 generatedFrom records (${recorded}), found ${specificationSha256 ?? "none"}`,
  ];
}
