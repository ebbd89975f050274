import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { UsageProblem } from "./command-line.ts";
import { importClient } from "./vendor-client.ts";
import { listVendors, orphans, readSpecification } from "./vendors.ts";

let repository: string;
beforeEach(() => {
  const created = mkdtempSync(join(tmpdir(), "vendors-"));
  onTestFinished(() => rmSync(created, { recursive: true }));
  repository = created;
  write("redocly.yaml", "apis: { beta-pay: { root: specs/b.yaml }, acme: { root: specs/a.yaml } }");
  for (const slug of ["acme", "beta-pay"])
    write(`packages/${slug}-client/package.json`, '{ "type": "module" }');
});

function write(path: string, text: string): void {
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), text);
}

describe("the list of vendors", () => {
  test("is that of this repository, each with a specification and a package", () => {
    const vendors = listVendors();
    expect(vendors.length).toBeGreaterThan(0);
    for (const vendor of vendors) expect(readSpecification(vendor).document).toHaveProperty("openapi");
  });

  test("has the order of redocly.yaml, and paths from the root of the repository", () => {
    expect(listVendors(repository)).toEqual([
      { slug: "beta-pay", file: "specs/b.yaml", client: "packages/beta-pay-client", repository },
      { slug: "acme", file: "specs/a.yaml", client: "packages/acme-client", repository },
    ]);
  });

  test("contains only the vendors that are named, if any are", () => {
    expect(listVendors(repository, ["acme"]).map(({ slug }) => slug)).toEqual(["acme"]);
  });

  test.each([
    [
      "a vendor that it does not have",
      "apis: { acme: { root: a } }",
      'unknown vendor "nobody": expected one of acme',
    ],
    ["any vendor while it is empty", "{}", 'unknown vendor "nobody": expected one of none'],
  ])("refuses %s", (_, redocly, message) => {
    write("redocly.yaml", redocly);
    expect(() => listVendors(repository, ["nobody"])).toThrow(new UsageProblem(message));
  });

  test("refuses a name that every object has", () => {
    expect(() => listVendors(repository, ["constructor"])).toThrow('unknown vendor "constructor"');
  });

  test.each([
    [
      "without a package",
      "gamma: { root: c }",
      "gamma: expected a package at packages/gamma-client, found none",
    ],
    [
      "whose name cannot be part of code",
      "../3ds: { root: b }",
      "redocly.yaml#/apis/../3ds: expected a vendor such as",
    ],
    ["without a specification", "acme: specs", "redocly.yaml#/apis/acme: expected a vendor such as"],
  ])("refuses a vendor %s", (_, api, message) => {
    write("redocly.yaml", `apis: { ${api} }`);
    expect(() => listVendors(repository)).toThrow(UsageProblem);
    expect(() => listVendors(repository)).toThrow(message);
  });
});

test("what is left of a vendor is found by its name, however it ends", () => {
  for (const slug of ["acme", "gone-client"]) {
    write(`specs/${slug}/openapi.yaml`, "");
    write(`packages/${slug}-client/package.json`, "{}");
    write(`tools/changes/surface/${slug}-client.txt`, "");
    write(`.changeset/${slug}.md`, `---\n"@org/auth-core": minor\n"@org/${slug}-client": minor\n---\n`);
  }
  write(".changeset/core.md", '---\n"@org/auth-core": minor\n---\n');
  expect(orphans(repository)).toEqual([
    "specs/gone-client",
    "packages/gone-client-client",
    "tools/changes/surface/gone-client-client.txt",
    ".changeset/gone-client.md",
  ]);
});

describe("a specification", () => {
  test("is the text of its file and its content", () => {
    write("specs/a.yaml", "openapi: 3.1.1\n");
    expect(readSpecification({ repository, file: "specs/a.yaml" })).toEqual({
      text: "openapi: 3.1.1\n",
      document: { openapi: "3.1.1" },
    });
  });

  test.each(['{ "openapi": "3.1.1" }', "{ openapi: 3.1.1 }"])(
    "may be JSON, and YAML that starts like it: %s",
    (text) => {
      write("specs/a.yaml", text);
      expect(readSpecification({ repository, file: "specs/a.yaml" }).document).toEqual({ openapi: "3.1.1" });
    },
  );

  test.each([
    ["is missing", undefined],
    ["is not YAML", "a: [1"],
  ])("is refused if its file %s", (_, text) => {
    if (text !== undefined) write("specs/a.yaml", text);
    const read = () => readSpecification({ repository, file: "specs/a.yaml" });
    expect(read).toThrow(/^specs\/a\.yaml: expected a readable YAML file, found: \S/);
    expect(read).not.toThrow(repository);
  });
});

describe("a client", () => {
  const [BETA, BUILT] = ["createBetaPayClient", "packages/beta-pay-client/dist/generated/index.js"];

  test("is what was built for the vendor, without the vendor's name", async () => {
    write(
      BUILT,
      `export const ${BETA} = () => "bare"; export const createBetaPayTokenCache = () => "cache";
       export const createBetaPayTokenPool = () => "pool";`,
    );
    const [beta] = listVendors(repository, ["beta-pay"]);
    const client = beta && (await importClient(beta));
    expect(client?.createClient()).toBe("bare");
    expect(client?.createTokenCache({})).toBe("cache");
    expect(client?.createTokenPool(() => ({}))).toBe("pool");
  });

  test.each([
    ["was not built", undefined, "expected a built client in packages/beta-pay-client; run `pnpm build`"],
    ["lacks a function", `export const ${BETA} = 1;`, `BetaPayTokenPool, found ${BETA}`],
  ])("is refused if it %s", async (_, code, message) => {
    if (code !== undefined) write(BUILT, code);
    const [beta] = listVendors(repository, ["beta-pay"]);
    await expect(beta && importClient(beta)).rejects.toThrow(message);
  });
});
