import { CLIENT_EXPORTS } from "./client-exports.ts";
import type { Manifest, PackedPackage } from "./packed-package.ts";

const ALWAYS = ["package.json", "README.md", "LICENSE"];
const DEPENDENCIES = ["dependencies", "peerDependencies", "optionalDependencies"];

/**
 * What is wrong with a package that is about to be published; nothing where it is fit.
 *
 * @param sources the files of the package's `src`, as paths from there
 */
export function problemsOf(packed: PackedPackage, sources: readonly string[]): string[] {
  const { manifest, files } = packed;
  return [
    ...(manifest.license === "MIT"
      ? []
      : [`license: expected "MIT", found ${JSON.stringify(manifest.license)}`]),
    ...ALWAYS.filter((file) => !files.includes(file)).map((file) => `${file}: expected it in the package`),
    ...unpublishable(manifest),
    ...files.filter((file) => !belongs(file, manifest, sources)).map(notWanted),
    ...clientProblems(packed),
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

/** Compiled files need a source; anything outside dist has to be named by `files` itself. */
function belongs(file: string, { files: listed }: Manifest, sources: readonly string[]): boolean {
  if (ALWAYS.includes(file)) return true;
  const compiled = /^dist\/(.+?)(\.d\.ts|\.js)$/.exec(file);
  if (compiled) {
    const source = `${compiled[1]}.ts`;
    return sources.includes(source) && !/\.test(-d)?\.ts$/.test(source);
  }
  const names = Array.isArray(listed) ? listed.filter((name) => name !== "dist") : [];
  return names.some((name) => file === name || file.startsWith(`${name}/`));
}

function notWanted(file: string): string {
  return `${file}: expected no such file, since ${file.startsWith("dist/") ? "src has no source for it" : "`files` does not name it"}`;
}

function clientProblems({ manifest, specificationSha256 }: PackedPackage): string[] {
  if (!/-client$/.test(String(manifest.name))) return [];
  const exports = JSON.stringify(manifest.exports);
  const recorded = manifest.generatedFrom?.sha256;
  return [
    // The order counts, which a comparison of objects would not see.
    ...(exports === JSON.stringify(CLIENT_EXPORTS)
      ? []
      : [`exports: expected ${JSON.stringify(CLIENT_EXPORTS)}, found ${exports}`]),
    ...(specificationSha256 !== undefined && recorded === specificationSha256
      ? []
      : [
          `openapi.yaml: expected the specification whose SHA-256 generatedFrom records (${recorded}), found ${specificationSha256 ?? "none"}`,
        ]),
  ];
}
