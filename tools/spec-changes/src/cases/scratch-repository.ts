import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { generate } from "@org/generate/generate";
import { readSpec } from "@org/generate/spec";
import { stringify } from "yaml";
import { acme, type Change } from "./changed-spec.ts";

/** A repository with a vendor, its client and a hand-written core, for tests. */
export interface ScratchRepository {
  readonly root: string;
  /** Changes the specification as it was first and generates the client again. */
  respecify(...changes: readonly Change[]): Promise<void>;
  write(path: string, text: string): void;
  read(path: string): string;
  git(...words: string[]): void;
  remove(): void;
}

const SPEC = "specs/acme/openapi.yaml";
const CLIENT = "packages/acme-client";

/** Makes one, committed on `main`, and goes on to a branch. */
export async function scratchRepository(): Promise<ScratchRepository> {
  const root = mkdtempSync(join(tmpdir(), "changes-test-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const git = (...words: string[]) => {
    const identity = [
      "-c",
      "user.name=test",
      "-c",
      "user.email=test@example.com",
      "-c",
      "commit.gpgsign=false",
    ];
    execFileSync("git", [...identity, ...words], { cwd: root, stdio: "ignore" });
  };
  const respecify = async (...changes: readonly Change[]) => {
    const document = acme(...changes);
    write(SPEC, stringify(document, { aliasDuplicateObjects: false }));
    for (const { name, text } of await generate(readSpec({ vendor: "acme", file: SPEC, document }))) {
      write(`${CLIENT}/src/generated/${name}`, text);
    }
  };
  write("redocly.yaml", `apis:\n  acme:\n    root: ${SPEC}\n`);
  write(".changeset/config.json", '{ "baseBranch": "main" }\n');
  write(`${CLIENT}/package.json`, manifest("@org/acme-client", "./dist/generated/index.d.ts"));
  write("packages/auth-core/package.json", manifest("@org/auth-core", "./dist/index.d.ts"));
  write(
    "packages/auth-core/src/index.ts",
    "export interface TokenCacheOptions { readonly leeway?: number }\nexport function cache(options: TokenCacheOptions): string { return String(options); }\n",
  );
  write("packages/inside/package.json", '{ "name": "@org/inside", "private": true }\n');
  await respecify();
  git("init", "--quiet", "--initial-branch", "main");
  git("add", ".");
  git("commit", "--quiet", "--message", "first");
  git("checkout", "--quiet", "-b", "work");
  return {
    root,
    respecify,
    write,
    git,
    read: (path) => readFileSync(join(root, path), "utf8"),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function manifest(name: string, types: string): string {
  return `${JSON.stringify({ name, version: "1.0.0", exports: { ".": { types } } })}\n`;
}
