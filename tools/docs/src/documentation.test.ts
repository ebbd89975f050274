import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSnippets, readSnippets } from "./snippets.ts";

const repository = resolve(import.meta.dirname, "../../..");
/** Inside this package, so that imports are resolved as a user's are. */
const folder = resolve(import.meta.dirname, "../.snippets");
const snippets = readSnippets(repository)
  .filter(({ info }) => /^ts\b/.test(info))
  .map((snippet) => ({ ...snippet, name: `${snippet.place.replace(/[^A-Za-z0-9]+/g, "-")}.ts` }));
const runnable = snippets.filter(({ info }) => /\brun\b/.test(info));

const node = (args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
};

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, code } of snippets) writeFileSync(join(folder, name), code);
  const compilerOptions = {
    noEmit: true,
    types: ["node"],
    isolatedDeclarations: false,
    declaration: false,
    noUnusedLocals: false,
    moduleDetection: "force",
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../tsconfig.base.json", compilerOptions, include: ["*.ts"] }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("code blocks of the documentation", () => {
  it("are found in the README", () => {
    expect(runnable.filter(({ place }) => place.startsWith("README.md:"))).toHaveLength(4);
  });

  it("compile", { timeout: 60_000 }, () => {
    const compiler = resolve(import.meta.dirname, "../node_modules/typescript/bin/tsc");
    expect(node([compiler, "-p", "tsconfig.json"])).toEqual({ status: 0, output: "" });
  });

  it.each(runnable.map(({ place, name }) => [place, name]))(
    "%s runs against the sandbox",
    { timeout: 60_000 },
    (_place, name) => {
      const { status, output } = node([
        "--import",
        resolve(import.meta.dirname, "sandbox-as-network.ts"),
        name,
      ]);
      expect(status, output).toBe(0);
    },
  );
});

describe("parseSnippets", () => {
  it("finds blocks with their line and language", () => {
    const markdown = "# Title\n\n```ts run\nconst a = 1;\n```\n\ntext\n\n```sh\nls\n```\n";
    expect(parseSnippets("a.md", markdown)).toEqual([
      { place: "a.md:3", info: "ts run", code: "const a = 1;\n" },
      { place: "a.md:9", info: "sh", code: "ls\n" },
    ]);
  });
});
