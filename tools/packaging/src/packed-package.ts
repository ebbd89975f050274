import { type ExecFileSyncOptions, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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

/** Packs the package in a folder as publishing does, and reads the result. Leaves nothing behind. */
export function pack(folder: string): PackedPackage {
  const temporary = mkdtempSync(join(tmpdir(), "packed-"));
  try {
    pnpm(folder, "pack", "--pack-destination", temporary);
    const tarball = readdirSync(temporary).find((name) => name.endsWith(".tgz"));
    if (!tarball) throw new Error(`expected pnpm to pack ${folder}, found no tarball`);
    execFileSync("tar", ["-xzf", tarball], { cwd: temporary });
    const root = join(temporary, "package");
    const specification = join(root, "openapi.yaml");
    return {
      manifest: JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
      files: readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .replaceAll("\\", "/"),
        )
        .sort(),
      specificationSha256: existsSync(specification)
        ? createHash("sha256").update(readFileSync(specification)).digest("hex")
        : undefined,
    };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** The pnpm that runs this script, else any of the right major version. */
function pnpm(cwd: string, ...words: string[]): void {
  const running = process.env.npm_execpath;
  const options: ExecFileSyncOptions = { cwd, stdio: ["ignore", "ignore", "inherit"] };
  if (running && /pnpm/.test(running)) execFileSync(process.execPath, [running, ...words], options);
  else execFileSync("npx", ["-y", "pnpm@10", ...words], { ...options, shell: process.platform === "win32" });
}
