import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scratchRegistry } from "../test-support/scratch-registry.ts";
import { ScratchRepository } from "../test-support/scratch-repository.ts";
import { changes } from "./changes.ts";
import { readDeclarations } from "./changesets.ts";
import { check } from "./report.ts";

const REQUEST = "/components/schemas/TokenRequest";
const BREAKING = { [`${REQUEST}/required`]: ["client_id", "client_secret", "scope"] };
const ADDITIVE = { "/components/schemas/Session/properties/note": { type: "string" } };
const WORDING = { "/info/description": "Better said." };
const CHANGESET = ".changeset/org-acme-client-description.md";

let repository: ScratchRepository;
beforeEach(async () => {
  repository = await ScratchRepository.create();
  await run("--update-surface");
}, 60_000);
afterEach(() => repository.remove());

async function run(...args: string[]): Promise<string> {
  return (await changes(repository.root, args)).text;
}

async function bumps(...args: string[]): Promise<Record<string, string>> {
  const { packages } = JSON.parse(await run("--json", ...args));
  return Object.fromEntries(packages.map(({ name, bump }: { name: string; bump: string }) => [name, bump]));
}

/** What a build would write beside the code. */
function declarationsOf(source: string): string {
  return ts.transpileDeclaration(source, { compilerOptions: { module: ts.ModuleKind.NodeNext } }).outputText;
}

function changeset(bump: string, text: string): string {
  return `---\n"@org/acme-client": ${bump}\n---\n\n${text}\n`;
}

describe("changes", { timeout: 120_000 }, () => {
  test("rates what did not change as none, and leaves private packages out", async () => {
    expect(await bumps()).toEqual({ "@org/acme-client": "none", "@org/auth-core": "none" });
    expect(await changes(repository.root, ["--check"])).toEqual({
      status: 0,
      text: "Every change of a specification or of an export has its changeset.\n",
    });
    expect(await run("--write")).toBe("Nothing to write: every change has its changeset.\n");
    expect(readdirSync(join(repository.root, ".changeset"))).toEqual(["config.json"]);
  });

  test("rates breaking, additive and wording edits, of that client alone", async () => {
    await repository.respecify(ADDITIVE);
    expect(await bumps()).toEqual({ "@org/acme-client": "minor", "@org/auth-core": "none" });
    await repository.respecify(WORDING);
    expect(await run()).toMatch(
      /^@org\/acme-client {2}patch {2}since the merge base \([0-9a-f]{7}\)\n {2}patch wire {4}`info`: the description is reworded\.\n@org\/auth-core {4}none/,
    );
    repository.write(
      "specs/acme/openapi.yaml",
      `# A comment.\n${repository.read("specs/acme/openapi.yaml")}`,
    );
    expect((await bumps())["@org/acme-client"]).toBe("patch");
  });

  test("writes the changeset that a check asks for, once, and replaces it when more breaks", async () => {
    await repository.respecify(ADDITIVE);
    expect(await run("--write")).toBe(`wrote ${CHANGESET}: minor for @org/acme-client\n`);
    expect(repository.read(CHANGESET)).toBe(
      changeset(
        "minor",
        [
          "The vendor's description says more than before.\n",
          "New or easier:\n",
          "- GET /sessions/{id}: the response 200, `note` is new.",
        ].join("\n"),
      ),
    );
    expect(await run("--write")).toBe("Nothing to write: every change has its changeset.\n");

    await repository.respecify(BREAKING);
    await run("--update-surface");
    expect(await changes(repository.root, ["--check"])).toEqual({
      status: 1,
      text: expect.stringContaining(
        '@org/acme-client: expected a changeset with the line\n    "@org/acme-client": major\n  found a changeset that says minor.',
      ),
    });
    expect(await run("--write")).toBe(`wrote ${CHANGESET}: major for @org/acme-client\n`);
    expect((await changes(repository.root, ["--check"])).status).toBe(0);
    expect(repository.read(CHANGESET)).toContain(
      "Breaks callers:\n\n- POST /token: the request body, `application/json`: Properties of `TokenRequest` became required: `scope`.\n",
    );
  });

  test("names what is missing if there is no changeset at all", async () => {
    await repository.respecify(WORDING);
    const { status, text } = await changes(repository.root, ["--check"]);
    expect(status).toBe(1);
    expect(text).toMatch(
      /"@org\/acme-client": patch\n {2}found no changeset\. Since the merge base \([0-9a-f]{7}\):\n/,
    );
    expect(text).toContain("  - `info`: the description is reworded.\n");
  });

  test("allows a greater bump, and a smaller one only with a reason", async () => {
    const verdict = { name: "@org/acme-client", base: "v1", bump: "minor", reasons: [] } as const;
    const checked = async (bump: string, text: string) => {
      repository.write(".changeset/by-hand.md", changeset(bump, text));
      const declared = (await readDeclarations(repository.root)).get(verdict.name);
      return check([{ ...verdict, declared }], []);
    };
    const passes = async (bump: string, text: string) => (await checked(bump, text)).passed;
    expect(await passes("major", "A promise.")).toBe(true);
    expect(await passes("patch", "A note.")).toBe(false);
    expect(await passes("patch", "A note.\n\nLowered:")).toBe(false);
    expect(await passes("patch", "A note.\n\nLowered @org/other: the vendor had it all along.")).toBe(false);
    expect(await passes("patch", "A note.\n\nLowered @org/acme-client: the vendor had it all along.")).toBe(
      true,
    );
    expect((await checked("none", "A note.\n\nLowered: the vendor had it all along.")).text).toBe(
      "@org/acme-client: none instead of minor, because: the vendor had it all along.\n\nEvery change of a specification or of an export has its changeset.\n",
    );
  });

  test("judges what a package exports, and the packages that pass on its types", async () => {
    repository.write(
      "packages/auth-core/src/index.ts",
      "export interface TokenCacheOptions { readonly slack?: number }\nexport function cache(options: TokenCacheOptions): string { return String(options); }\n",
    );
    expect(await bumps()).toEqual({ "@org/acme-client": "major", "@org/auth-core": "major" });
    const { status, text } = await changes(repository.root, ["--check"]);
    expect(status).toBe(1);
    expect(text).toContain("stale: tools/changes/surface/auth-core.txt\n");
    expect(text).toContain("  - `TokenCacheOptions.leeway` is gone.\n");
    expect(text).toContain("  - It takes and gives types of `@org/auth-core`, which breaks.\n");
  });

  test("calls a package new if it did not exist", async () => {
    repository.write(
      "packages/auth-redis/package.json",
      '{ "name": "@org/auth-redis", "exports": { ".": { "types": "./dist/index.d.ts" } } }',
    );
    repository.write("packages/auth-redis/src/index.ts", "export const a: number = 1;\n");
    expect((await bumps())["@org/auth-redis"]).toBe("minor");
  });
});

describe("compares with", { timeout: 120_000 }, () => {
  test("the last release tag of a package, before the merge base", async () => {
    await repository.respecify(BREAKING);
    repository.git("add", ".");
    repository.git("commit", "--quiet", "--message", "breaks");
    expect((await bumps())["@org/acme-client"]).toBe("major");
    repository.git("tag", "@org/acme-client@1.9.0", "main");
    repository.git("tag", "@org/acme-client@1.10.0");
    repository.git("tag", "@org/acme-client@1.10.0-next.1", "main");
    expect((await bumps())["@org/acme-client"]).toBe("none");
    expect(await run()).toContain("@org/acme-client  none   since @org/acme-client@1.10.0\n");
    expect((await bumps("--base", "@org/acme-client@1.9.0"))["@org/acme-client"]).toBe("major");
  });

  test("another checkout, and unpacked packages with their specification", async () => {
    const published = join(repository.root, "published/acme");
    mkdirSync(published, { recursive: true });
    cpSync(join(repository.root, "packages/acme-client"), published, { recursive: true });
    cpSync(join(repository.root, "specs/acme/openapi.yaml"), join(published, "openapi.yaml"));
    const checkout = join(repository.root, "checkout");
    for (const folder of ["packages", "specs"]) {
      cpSync(join(repository.root, folder), join(checkout, folder), { recursive: true });
    }
    await repository.respecify(ADDITIVE);
    expect(await bumps("--base", checkout)).toEqual({
      "@org/acme-client": "minor",
      "@org/auth-core": "none",
    });
    expect(await bumps("--base", join(repository.root, "published"))).toEqual({
      "@org/acme-client": "minor",
      "@org/auth-core": "minor",
    });
    expect(await run("--base", published)).toContain(`since @org/acme-client@1.0.0 in ${published}`);
  });

  test("the last version in a registry, if it has one", async () => {
    const published = join(repository.root, "published/package");
    const generated = join(repository.root, "packages/acme-client/src/generated");
    mkdirSync(join(published, "dist/generated"), { recursive: true });
    for (const name of readdirSync(generated)) {
      const declarations = declarationsOf(readFileSync(join(generated, name), "utf8"));
      writeFileSync(join(published, "dist/generated", name.replace(/\.ts$/, ".d.ts")), declarations);
    }
    cpSync(join(repository.root, "packages/acme-client/package.json"), join(published, "package.json"));
    cpSync(join(repository.root, "specs/acme/openapi.yaml"), join(published, "openapi.yaml"));
    const tarball = join(repository.root, "acme.tgz");
    execFileSync("tar", ["-czf", tarball, "-C", join(repository.root, "published"), "package"]);
    const { server, url } = await scratchRegistry("@org/acme-client", "1.0.0", tarball);
    try {
      expect(await run("--registry", url)).toContain(
        "@org/acme-client  none   since @org/acme-client@1.0.0\n",
      );
      await repository.respecify(BREAKING);
      expect(await bumps("--registry", url)).toEqual({
        "@org/acme-client": "major",
        "@org/auth-core": "none",
      });
    } finally {
      await server[Symbol.asyncDispose]();
    }
    await expect(changes(repository.root, ["--registry", url])).rejects.toThrow(
      `--registry: expected a response from ${url} about @org/acme-client, found: npm error`,
    );
  });

  test("nothing, if there is nothing to compare with", async () => {
    await expect(changes(repository.root, ["--base", "nowhere"])).rejects.toThrow(
      '--base: expected a git reference, a checkout or a folder of unpacked packages, found "nowhere"',
    );
    repository.git("branch", "--move", "main", "trunk");
    await expect(changes(repository.root, [])).rejects.toThrow(
      "expected a release tag, or a branch main that shares history with this one, found neither; fetch the whole history or pass --base",
    );
  });
});

test("refuses arguments that it does not have, or that contradict each other", async () => {
  const expected =
    ": expected one of --write, --check and --update-surface, or none, with --base, --registry, --json or --help";
  await expect(changes(repository.root, ["--fix"])).rejects.toThrow(`Unknown option '--fix'${expected}`);
  await expect(
    changes(repository.root, ["--base", "main", "--registry", "http://localhost"]),
  ).rejects.toThrow("--base and --registry together: expected one of them");
  await expect(changes(repository.root, ["--write", "--check"])).rejects.toThrow(
    `--write and --check together${expected}`,
  );
  expect(await run("--help")).toMatch(/^Usage: pnpm changes /);
});
