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
import { acme } from "@org/acme-spec";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";

const PACKAGE = resolve(import.meta.dirname, "..");
// The pinned one, which runs TypeScript as it stands, whatever runs the tests.
const NODE = resolve(PACKAGE, "../../node_modules/.bin/node");
const VENDORS = ["acme", "beta-pay"];
const FILES = [
  "browser.ts",
  "client.ts",
  "credentials.ts",
  "index.ts",
  "schema.ts",
  "token-cache.ts",
  "token-endpoint.ts",
];
const WIRE = ["client_credentials.http", "responses.http"];

/** A repository of two vendors, with a copy of this tool in its place: it finds the root from there. */
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
  cpSync(resolve(PACKAGE, "../../biome.json"), join(repository, "biome.json"));
  symlinkSync(join(PACKAGE, "node_modules"), join(tool, "node_modules"));
  const apis = VENDORS.map((vendor) => [vendor, { root: `specs/${vendor}/openapi.yaml` }]);
  writeFile("redocly.yaml", stringify({ apis: Object.fromEntries(apis) }));
  for (const vendor of VENDORS) {
    writeFile(`specs/${vendor}/openapi.yaml`, stringify(acme()));
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

function wire(vendor: string): string {
  return `specs/${vendor}/wire`;
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
    const [acmeWire, betaWire] = VENDORS.map(wire) as [string, string];
    const all = [acmeFolder, acmeWire, betaFolder, betaWire];
    expect(generate()).toEqual(
      succeeded(...all.map((folder, index) => `${folder}: wrote ${[7, 2][index % 2]} files`)),
    );
    expect(readdirSync(join(repository, acmeWire)).sort()).toEqual(WIRE);
    expect(readdirSync(join(repository, betaFolder)).sort()).toEqual(FILES);
    expect(readFileSync(join(repository, betaFolder, "index.ts"), "utf8")).toContain(
      "createBetaPayTokenCache",
    );

    const written = statSync(join(repository, acmeFolder, "index.ts")).mtimeMs;
    expect(generate()).toEqual(succeeded(...all.map((folder) => `${folder}: unchanged`)));
    expect(statSync(join(repository, acmeFolder, "index.ts")).mtimeMs).toBe(written);
    expect(generate("--check")).toEqual(succeeded());
  });

  test("does only the vendors that are named", () => {
    const wrote = [`${generated("beta-pay")}: wrote 7 files`, `${wire("beta-pay")}: wrote 2 files`];
    expect(generate("beta-pay")).toEqual(succeeded(...wrote));
    const missing = [
      ...FILES.map((name) => `stale: ${generated("acme")}/${name}`),
      ...WIRE.map((name) => `stale: ${wire("acme")}/${name}`),
    ];
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
      `stale: ${wire("acme")}/client_credentials.http`,
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

  test("writes the table of vendors between its markers, and says when it is stale", () => {
    writeFile("README.md", "# Vendors\n\n<!-- vendors -->\n<!-- /vendors -->\n");
    expect(generate("acme").out).toContain("README.md: wrote the table of vendors\n");
    const table = readFileSync(join(repository, "README.md"), "utf8");
    expect(table).toContain("[`@org/beta-pay-client`](packages/beta-pay-client/README.md)");
    generate();
    writeFile("README.md", table.replace("production", "somewhere"));
    expect(generate("--check")).toEqual(failed(1, "stale: the table of vendors in README.md", HINT));
  });

  test("writes the table and the usage of one README at once", () => {
    const readme = "packages/acme-client/README.md";
    const markers = ["vendors", "usage"].map((name) => `<!-- ${name} -->\n<!-- /${name} -->\n`);
    writeFile(readme, markers.join("\n"));
    expect(generate("--check").err).toContain(`stale: the usage in ${readme}\n`);
    expect(generate().out).toContain(`${readme}: wrote the table of vendors\n`);
    const text = readFileSync(join(repository, readme), "utf8");
    expect(text).toContain("[`@org/acme-client`](README.md)");
    expect(text).toContain('import { createAcmeTokenCache } from "@org/acme-client";\n');
    expect(generate("--check")).toEqual(succeeded());
  });

  test("records the specification and the generator in package.json, and says when they have changed", () => {
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
    expect(generate("acme")).toEqual(
      succeeded(`${generated("acme")}: unchanged`, `${wire("acme")}: unchanged`),
    );
    expect(generate("--check", "acme")).toEqual(succeeded());
  });

  test("refuses a specification without a version, and a package.json that is not an object", () => {
    writeFile("packages/beta-pay-client/package.json", "[]");
    const manifest = "packages/beta-pay-client/package.json: expected a JSON object, found something else";
    expect(generate()).toEqual(failed(2, manifest));
    writeFile("specs/acme/openapi.yaml", stringify(acme(["/info/version", undefined])));
    const problem = 'Expected a version, such as "1.0.0"; found nothing.';
    expect(generate()).toEqual(failed(2, `specs/acme/openapi.yaml#/info/version: ${problem}`));
    expect(readFileSync(join(repository, "packages/acme-client/package.json"), "utf8")).toBe("{}");
  });

  test("writes nothing at all if one specification is refused", () => {
    writeFile("specs/beta-pay/openapi.yaml", "openapi: 3.1.1\n");
    const at = "specs/beta-pay/openapi.yaml#";
    const server = 'a server, or just "{baseUrl}" if the vendor publishes no host';
    const problem = [
      `${at}/servers: Expected ${server}; found nothing. (server-shape)`,
      `${at}/paths: Expected an operation with x-token-grant; found none. (operation-per-grant)`,
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
});
