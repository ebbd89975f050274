// Run in a package's folder: packs it and reports what must not be published.
import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PackedPackage, problemsOf } from "./package-problems.ts";

const packed = pack(process.cwd());
const problems = problemsOf(packed);
for (const problem of problems) console.error(`${packed.manifest.name}: ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${packed.manifest.name}: ${packed.files.length} files, all of them expected`);

/** Packs the package in a folder as publishing does, reads the result, and leaves nothing behind. */
function pack(folder: string): PackedPackage {
  const temporary = mkdtempSync(join(tmpdir(), "packed-"));
  try {
    packInto(temporary, folder);
    const [tarball = ""] = readdirSync(temporary);
    const tar = (...words: string[]) => execFileSync("tar", words, { cwd: temporary, maxBuffer: 2 ** 28 });
    const read = (file: string) => tar("-xzOf", tarball, `package/${file}`);
    const paths = tar("-tzf", tarball).toString().trim().split(/\r?\n/);
    const files = paths.map((path) => path.slice("package/".length)).sort();
    return {
      manifest: JSON.parse(read("package.json").toString()),
      files,
      specificationSha256: files.includes("openapi.yaml") ? hash("sha256", read("openapi.yaml")) : undefined,
    };
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/** By the pnpm that runs this script, else by any of the right major version. */
function packInto(destination: string, folder: string): void {
  const { npm_execpath: running = "" } = process.env;
  const isPnpm = /pnpm/.test(running);
  const words = [...(isPnpm ? [running] : ["-y", "pnpm@10"]), "pack", "--pack-destination", destination];
  execFileSync(isPnpm ? process.execPath : "npx", words, {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
    shell: !isPnpm && process.platform === "win32",
  });
}
