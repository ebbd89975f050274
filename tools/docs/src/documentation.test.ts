import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { usages } from "@org/generate/usage-example";
import { listVendors } from "@org/vendors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSnippets, readSnippets, type Snippet } from "../test-support/snippets.ts";
import { places } from "./places.ts";
import { readVendors } from "./vendors.ts";

const { repository, docs, guides } = places;
/** Inside this package, so that imports are resolved as a user's are; the clients are installed below. */
const folder = resolve(docs, ".snippets");

const samples: Snippet[] = readVendors().flatMap((page) =>
  usages(page).map(({ grant, text }) => ({
    place: `page of ${page.vendor}: ${grant.name}`,
    info: "ts run",
    code: text,
  })),
);
const documents = readSnippets(repository);
const snippets = [...documents, ...samples]
  .filter(({ info }) => /^ts\b|^js \[/.test(info))
  .map((snippet) => ({
    ...snippet,
    name: `${snippet.place.replace(/[^A-Za-z0-9]+/g, "-")}.${snippet.info.startsWith("ts") ? "ts" : "mjs"}`,
  }));
const runnable = snippets.filter(({ info }) => /\brun\b/.test(info));

const run = promisify(execFile);
const node = (args: readonly string[]) =>
  run(process.execPath, args, { cwd: folder, timeout: 60_000 }).then(
    ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
    ({ code, stdout, stderr }) => ({ status: code, output: stdout + stderr }),
  );

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const scope = join(folder, "node_modules/@org");
  mkdirSync(scope, { recursive: true });
  for (const { slug, client } of listVendors())
    symlinkSync(join(repository, client), join(scope, `${slug}-client`));
  for (const { name, code } of snippets) writeFileSync(join(folder, name), code);
  const compilerOptions = {
    noEmit: true,
    types: ["node"],
    isolatedDeclarations: false,
    declaration: false,
    noUnusedLocals: false,
    moduleDetection: "force",
    allowJs: true,
    checkJs: true,
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../tsconfig.base.json", compilerOptions, include: ["*.ts", "*.mjs"] }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("code blocks of the documentation", () => {
  it("are found in the README", () => {
    expect(runnable.filter(({ place }) => place.startsWith("README.md:"))).toHaveLength(4);
  });

  it("are found in the guides", () => {
    expect(runnable.filter(({ place }) => place.startsWith("tools/docs/guides/")).length).toBeGreaterThan(10);
  });

  it("are made for every grant of every vendor", () => {
    const grants = readVendors().flatMap(({ operations }) => operations.flatMap(({ grants }) => grants));
    expect(samples).toHaveLength(grants.length);
  });

  it("compile", { timeout: 120_000 }, async () => {
    // The compiler that the packages are built with, not the older one that TypeDoc needs.
    const compiler = resolve(repository, "node_modules/typescript/bin/tsc");
    expect(await node([compiler, "-p", "tsconfig.json"])).toEqual({ status: 0, output: "" });
  });

  it.concurrent.each(runnable.map(({ place, name }) => [place, name] as const))(
    "%s runs against the sandbox",
    { timeout: 120_000 },
    async (_place, name) => {
      const preload = new URL("../test-support/sandbox-as-network.ts", import.meta.url).href;
      const { status, output } = await node(["--import", preload, name]);
      expect(status, output).toBe(0);
    },
  );
});

describe("the files of Getting started", () => {
  const guide = documents.filter(({ place }) => place.startsWith("tools/docs/guides/getting-started.md:"));
  const files = snippets.filter(
    ({ info, place }) => info.startsWith("js [") && guide.some((one) => one.place === place),
  );
  const withoutTime = (text: string) => text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>").trim();

  it("are one for the sandbox and one for the vendor", () => {
    expect(files.map(({ info }) => info)).toEqual(["js [first-token.mjs]", "js [stonex.mjs]"]);
  });

  it.each(files.map(({ info, place, name }) => [info, place, name] as const))(
    "%s prints what the guide says",
    { timeout: 60_000 },
    async (_info, place, name) => {
      const after = guide.slice(guide.findIndex((one) => one.place === place));
      const printed = after.find(({ info }) => info === "console")?.code ?? "";
      const preload = new URL("../test-support/sandbox-as-network.ts", import.meta.url).href;
      const { status, output } = await node(["--import", preload, name]);
      expect(status, output).toBe(0);
      expect(withoutTime(output)).toBe(withoutTime(printed));
    },
  );
});

describe("the guide to errors", () => {
  it("has a row for every code", () => {
    const source = readFileSync(resolve(repository, "packages/auth-core/src/token-request-error.ts"), "utf8");
    const [, union = ""] = /type TokenRequestErrorCode =([^;]*);/.exec(source) ?? [];
    const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
    const guide = readFileSync(join(guides, "errors.md"), "utf8");
    const rows = [...guide.matchAll(/^\| `(?!code`)(\w+)` \|.*\|.*\|.*\|$/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(5);
    expect(rows.sort()).toEqual(codes.sort());
  });
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
