import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { acme } from "./acme-spec.ts";

const PACKAGE = resolve(import.meta.dirname, "..");
// The pinned one, which runs TypeScript as it stands, whatever runs the tests.
const NODE = resolve(PACKAGE, "../../node_modules/.bin/node");
const VENDORS = ["acme", "beta-pay"];
const FILES = [
  "browser.ts",
  "client.ts",
  "credentials.ts",
  "guards.ts",
  "index.ts",
  "schema.ts",
  "token-endpoint.ts",
];

/** A repository of two vendors, with a copy of this tool where it has to be: it finds the root from there. */
let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "generate-"));
  const created = repository;
  onTestFinished(() => rmSync(created, { recursive: true }));
  const tool = join(repository, "tools/generate");
  cpSync(join(PACKAGE, "src"), join(tool, "src"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts"),
  });
  cpSync(join(PACKAGE, "package.json"), join(tool, "package.json"));
  symlinkSync(join(PACKAGE, "node_modules"), join(tool, "node_modules"));
  const apis = VENDORS.map((vendor) => [vendor, { root: `specs/${vendor}/openapi.yaml` }]);
  writeFile("redocly.yaml", stringify({ apis: Object.fromEntries(apis) }));
  for (const vendor of VENDORS) {
    writeFile(`specs/${vendor}/openapi.yaml`, stringify(acme().document));
    writeFile(`packages/${vendor}-client/package.json`, "{}");
  }
});

function writeFile(path: string, text: string): void {
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function generated(vendor: string): string {
  return `packages/${vendor}-client/src/generated`;
}

function staleRecord(vendor: string): string {
  return `stale: packages/${vendor}-client/package.json#/generatedFrom`;
}

function generate(...words: string[]): { status: number | null; out: string; err: string } {
  const main = join(repository, "tools/generate/src/main.ts");
  const { status, stdout, stderr } = spawnSync(NODE, [main, ...words], { cwd: tmpdir(), encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

function succeeded(...lines: string[]): object {
  return { status: 0, out: lines.map((line) => `${line}\n`).join(""), err: "" };
}

function failed(status: number, ...lines: string[]): object {
  return { status, out: "", err: lines.map((line) => `${line}\n`).join("") };
}

const HINT = "Run `pnpm generate` and commit what it writes.";

describe("generate", { timeout: 60_000 }, () => {
  test("writes what is missing, once", () => {
    const [acmeFolder, betaFolder] = VENDORS.map(generated) as [string, string];
    expect(generate()).toEqual(succeeded(`${acmeFolder}: wrote 7 files`, `${betaFolder}: wrote 7 files`));
    expect(readdirSync(join(repository, betaFolder)).sort()).toEqual(FILES);
    expect(readFileSync(join(repository, betaFolder, "index.ts"), "utf8")).toContain(
      "createBetaPayTokenCache",
    );

    const written = statSync(join(repository, acmeFolder, "index.ts")).mtimeMs;
    expect(generate()).toEqual(succeeded(`${acmeFolder}: unchanged`, `${betaFolder}: unchanged`));
    expect(statSync(join(repository, acmeFolder, "index.ts")).mtimeMs).toBe(written);
    expect(generate("--check")).toEqual(succeeded());
  });

  test("does only the vendors that are named", () => {
    expect(generate("beta-pay")).toEqual(succeeded(`${generated("beta-pay")}: wrote 7 files`));
    const missing = FILES.map((name) => `stale: ${generated("acme")}/${name}`);
    expect(generate("--check")).toEqual(failed(1, ...missing, staleRecord("acme"), HINT));
  });

  test("--check names what an edit made stale and what is left over, and writes nothing", () => {
    generate();
    const spec = join(repository, "specs/acme/openapi.yaml");
    writeFileSync(
      spec,
      readFileSync(spec, "utf8").replace("x-credential: clientId", "x-credential: accountId"),
    );
    appendFileSync(join(repository, generated("acme"), "index.ts"), "// by hand\n");
    writeFile(`${generated("beta-pay")}/left-over.ts`, "");
    const stale = failed(
      1,
      `stale: ${generated("acme")}/credentials.ts`,
      `stale: ${generated("acme")}/index.ts`,
      `stale: ${generated("acme")}/token-endpoint.ts`,
      staleRecord("acme"),
      `stale: ${generated("beta-pay")}/left-over.ts`,
      HINT,
    );
    expect(generate("--check")).toEqual(stale);
    expect(readdirSync(join(repository, generated("beta-pay")))).toContain("left-over.ts");
    expect(generate().status).toBe(0);
    expect(readdirSync(join(repository, generated("beta-pay"))).sort()).toEqual(FILES);
    expect(generate("--check")).toEqual(succeeded());
  });

  test("records the specification and the generator in package.json, and says when they have moved on", () => {
    const manifest = "packages/acme-client/package.json";
    writeFile(manifest, JSON.stringify({ name: "@org/acme-client", private: true }));
    generate();
    const spec = readFileSync(join(repository, "specs/acme/openapi.yaml"), "utf8");
    expect(JSON.parse(readFileSync(join(repository, manifest), "utf8"))).toEqual({
      name: "@org/acme-client",
      private: true,
      generatedFrom: {
        specification: "specs/acme/openapi.yaml",
        version: "1.0.0",
        sha256: createHash("sha256").update(spec).digest("hex"),
        generator: "1.0.0",
      },
    });

    writeFile("specs/acme/openapi.yaml", `# reworded\n${spec}`);
    expect(generate("--check", "acme")).toEqual(failed(1, staleRecord("acme"), HINT));
    expect(generate("acme")).toEqual(succeeded(`${generated("acme")}: unchanged`));
    expect(generate("--check", "acme")).toEqual(succeeded());
  });

  test("refuses a specification without a version, and a package.json that is no object", () => {
    writeFile("packages/beta-pay-client/package.json", "[]");
    const manifest = "packages/beta-pay-client/package.json: expected a JSON object, found something else";
    expect(generate()).toEqual(failed(2, manifest));
    writeFile("specs/acme/openapi.yaml", stringify(acme(["/info/version", undefined]).document));
    const problem = ["#/info/version", '  expected: a version, such as "1.0.0"', "  found:    nothing"];
    expect(generate()).toEqual(failed(2, `specs/acme/openapi.yaml${problem.join("\n")}`));
    expect(readFileSync(join(repository, "packages/acme-client/package.json"), "utf8")).toBe("{}");
  });

  test("writes nothing at all where one specification is refused", () => {
    writeFile("specs/beta-pay/openapi.yaml", "openapi: 3.1.1\n");
    const problem = [
      "specs/beta-pay/openapi.yaml#/paths",
      "  expected: an operation with x-token-grant",
      "  found:    none",
    ];
    expect(generate()).toEqual(failed(2, ...problem));
    expect(generate("--check")).toEqual(failed(2, ...problem));
    expect(readdirSync(join(repository, "packages/acme-client"))).toEqual(["package.json"]);
  });

  test("--help says how to use it", () => {
    const { status, out, err } = generate("--help", "nobody");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toMatch(/^Usage: pnpm generate \[vendor\.\.\.\] \[--check\]\n/);
  });

  const refused: [name: string, words: string[], problem: string][] = [
    ["an unknown vendor", ["acme", "stonex"], 'unknown vendor "stonex": expected one of acme, beta-pay'],
    [
      "a name that every object has",
      ["constructor"],
      'unknown vendor "constructor": expected one of acme, beta-pay',
    ],
    ["an unknown flag", ["--chek"], "Unknown option '--chek': expected vendors, --check or --help"],
    [
      "a value for a flag",
      ["--check=no"],
      "Option '--check' does not take an argument: expected vendors, --check or --help",
    ],
  ];
  for (const [name, words, problem] of refused) {
    test(`refuses ${name}`, () => expect(generate(...words)).toEqual(failed(2, problem)));
  }

  const unusable: [name: string, redocly: string, problem: string][] = [
    ["a list without vendors", "{}", 'unknown vendor "acme": expected one of none'],
    [
      "a vendor without a package",
      "apis: { acme: { root: a }, gamma: { root: b } }",
      "gamma: expected a package at packages/gamma-client, found none",
    ],
    [
      "a vendor whose name cannot be part of code",
      "apis: { acme: { root: a }, ../3ds: { root: b } }",
      'redocly.yaml#/apis/../3ds: expected a vendor such as "acme-pay" with a root such as "specs/acme-pay/openapi.yaml"',
    ],
    [
      "a vendor without a specification",
      "apis: { acme: specs }",
      'redocly.yaml#/apis/acme: expected a vendor such as "acme-pay" with a root such as "specs/acme-pay/openapi.yaml"',
    ],
  ];
  for (const [name, redocly, problem] of unusable) {
    test(`refuses ${name}`, () => {
      writeFile("redocly.yaml", redocly);
      const words = name.includes("without vendors") ? ["acme"] : [];
      expect(generate(...words)).toEqual(failed(2, problem));
    });
  }
});
