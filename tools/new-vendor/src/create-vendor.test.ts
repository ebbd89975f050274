import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { listVendors } from "@org/vendors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkedAnswers, type Given } from "./answers.ts";
import { createVendor } from "./create-vendor.ts";

const ORIGINAL = resolve(import.meta.dirname, "../../..");
const SHAPES: Record<string, Given> = {
  "acme-basic": { "base-url": "https://api.acme.example/v1", credentials: "basic" },
  "acme-nested": {
    credentials: "body",
    "media-type": "json",
    names: "merchantId=merchant,apiKey=key",
    token: "/data/auth/token",
    expiry: "/data/auth/until",
    "expiry-format": "epoch-milliseconds",
  },
  "acme-query": { "base-url": "https://api.acme.example", credentials: "query", names: "apiKey=key" },
  "acme-header": { credentials: "header", "media-type": "json", "expiry-format": "iso" },
};

const TOOLS = ["generate", "conformance", "redocly-plugin", "vendors"].map((name) => `tools/${name}`);

/** A copy of what a new vendor touches, and of the tools that look for it; what else they depend on is linked. */
let repository: string;
beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), "new-vendor-"));
  const copied = [
    "redocly.yaml",
    "README.md",
    "biome.json",
    "tsconfig.base.json",
    "vitest.config.ts",
    "specs",
    ".changeset",
  ];
  const clients = listVendors().map(({ client }) => client);
  for (const path of [...copied, ...clients, ...TOOLS]) {
    cpSync(join(ORIGINAL, path), join(repository, path), {
      recursive: true,
      filter: (source) => !/[\\/](node_modules|dist|\.turbo|\.test-results)$/.test(source),
    });
  }
  for (const tool of TOOLS) install(tool, tool);
  symlinkSync(join(ORIGINAL, "node_modules"), join(repository, "node_modules"), "junction");
});
afterAll(() => rmSync(repository, { recursive: true }));

function create(slug: string): string[] {
  return createVendor(repository, checkedAnswers({ ...SHAPES[slug], slug }));
}

/** Links what a package depends on as `pnpm install` does, from a package that has the same dependencies. */
function install(folder: string, model: string): string {
  const from = join(ORIGINAL, model, "node_modules");
  const to = join(repository, folder, "node_modules");
  mkdirSync(join(to, "@org"), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== "@org" && !name.startsWith(".")) symlinkSync(join(from, name), join(to, name), "junction");
  }
  for (const name of readdirSync(join(from, "@org"))) {
    const copy = join(repository, "tools", name);
    symlinkSync(existsSync(copy) ? copy : join(from, "@org", name), join(to, "@org", name), "junction");
  }
  return join(repository, folder);
}

function node(cwd: string, ...words: string[]): string {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", NO_COLOR: "1" };
  try {
    return execFileSync(process.execPath, words, {
      cwd,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${words.join(" ")}\n${stdout}\n${stderr}`);
  }
}

function bin(name: string, command: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), typeof bin === "string" ? bin : bin[command]);
}

describe("a new vendor", { timeout: 240_000 }, () => {
  test("gets a package whose conformance suite, sandbox and Prism included, passes", () => {
    for (const slug of Object.keys(SHAPES)) {
      create(slug);
      const folder = install(`packages/${slug}-client`, "packages/conomy-client");
      node(folder, bin("typescript", "tsc"), "-p", "tsconfig.json");
      node(folder, bin("vitest", "vitest"), "run", "--config", "../../vitest.config.ts");
      const { numPassedTests, numFailedTests } = JSON.parse(
        readFileSync(join(folder, ".test-results/vitest.json"), "utf8"),
      );
      expect([slug, numFailedTests]).toEqual([slug, 0]);
      expect(numPassedTests).toBeGreaterThan(40);
    }
  });

  test("has a specification that passes lint, and a client that is not stale", () => {
    node(repository, bin("@redocly/cli", "redocly"), "lint", ...Object.keys(SHAPES));
    node(repository, "tools/generate/src/main.ts", ...Object.keys(SHAPES), "--check");
  });

  test("is in the list of vendors, whose comments stay, and has a changeset", () => {
    const list = readFileSync(join(repository, "redocly.yaml"), "utf8");
    expect(list).toMatch(/^# The one list of vendors/);
    expect(list).toContain("  acme-basic:\n    root: specs/acme-basic/openapi.yaml\n");
    expect(readFileSync(join(repository, "README.md"), "utf8")).toContain("`@org/acme-basic-client`");
    const changeset = readFileSync(join(repository, ".changeset/acme-basic-client-first-version.md"), "utf8");
    expect(changeset).toContain('"@org/acme-basic-client": minor');
  });

  test("is refused where it exists, and nothing is written", () => {
    const before = readFileSync(join(repository, "redocly.yaml"), "utf8");
    expect(() => create("conomy")).toThrow('vendor: expected a new one, received "conomy"');
    mkdirSync(join(repository, "packages/acme-late-client"));
    expect(() => create("acme-late")).toThrow(
      "vendor: expected a new one, found packages/acme-late-client in the way",
    );
    expect(existsSync(join(repository, "specs/acme-late"))).toBe(false);
    expect(readFileSync(join(repository, "redocly.yaml"), "utf8")).toBe(before);
  });

  test("leaves nothing behind where the generator refuses it", () => {
    const before = readFileSync(join(repository, "redocly.yaml"), "utf8");
    const wrong = { ...checkedAnswers({ slug: "acme-wrong" }), names: { grant: "g" } };
    expect(() => createVendor(repository, wrong)).toThrow();
    expect(existsSync(join(repository, "specs/acme-wrong"))).toBe(false);
    expect(existsSync(join(repository, "packages/acme-wrong-client"))).toBe(false);
    expect(readdirSync(join(repository, ".changeset")).join()).not.toContain("acme-wrong");
    expect(readFileSync(join(repository, "redocly.yaml"), "utf8")).toBe(before);
  });
});
