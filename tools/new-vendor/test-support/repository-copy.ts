import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { listVendors, REPOSITORY } from "@org/vendors";

const TOOLS = ["generate", "conformance", "redocly-plugin", "vendors", "new-vendor"].map(
  (name) => `tools/${name}`,
);
const FILES = [
  "redocly.yaml",
  "README.md",
  "biome.json",
  "tsconfig.base.json",
  "vitest.config.ts",
  "specs",
  ".changeset",
];

/** A copy of what a new vendor touches and of the tools that look for it, in a temporary folder; what else they need is linked. */
export class RepositoryCopy {
  readonly folder: string = mkdtempSync(join(tmpdir(), "new-vendor-"));

  constructor() {
    const filter = (path: string) => !/[\\/](node_modules|dist|\.turbo|\.test-results)$/.test(path);
    for (const path of [...FILES, ...listVendors().map(({ client }) => client), ...TOOLS])
      cpSync(join(REPOSITORY, path), join(this.folder, path), { recursive: true, filter });
    for (const tool of TOOLS) this.#link(tool, tool);
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.folder, "node_modules"), "junction");
  }

  /** Runs a program with Node.js in the copy, such as one of its files, and returns what it printed. */
  node(...words: string[]): string {
    const { status, stdout, stderr } = this.#run(...words);
    if (status !== 0) throw new Error(`${words.join(" ")}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Checks the types of new vendors' clients and runs their tests, all at once: what passed and what failed, by vendor. */
  testClients(
    ...slugs: string[]
  ): Map<string, { readonly passed: number; readonly failed: readonly string[] }> {
    const clients = slugs.map((slug) => `packages/${slug}-client`);
    for (const client of clients) this.#link(client, "packages/conomy-client");
    const types = this.#run(bin("typescript", "tsc"), "--build", ...clients);
    const errors = types.stdout.split("\n");
    const errorsOf = (slug: string) => errors.filter((line) => line.startsWith(`packages/${slug}-client/`));
    if (types.status !== 0 && slugs.every((slug) => errorsOf(slug).length === 0))
      throw new Error(`tsc --build\n${types.stdout}\n${types.stderr}`);
    const include = clients.map((client) => `${client}/src/*.test.ts`);
    writeFileSync(
      join(this.folder, "vitest.clients.config.ts"),
      `import shared from "./vitest.config.ts";
// Loading what all of them import takes longer than their tests.
export default { test: { ...shared.test, include: ${JSON.stringify(include)}, isolate: false } };`,
    );
    const run = this.#run(bin("vitest", "vitest"), "run", "--config", "vitest.clients.config.ts");
    if (run.status !== 0) console.error(run.stdout, run.stderr);
    const { testResults }: Report = JSON.parse(
      readFileSync(join(this.folder, ".test-results/vitest.json"), "utf8"),
    );
    const results = slugs.map((slug) => {
      const file = testResults.find(({ name }) => basename(name) === `${slug}.test.ts`);
      const { passed = [], failed = [] } = Object.groupBy(
        file?.assertionResults ?? [],
        ({ status }) => status,
      );
      return [
        slug,
        { passed: passed.length, failed: [...errorsOf(slug), ...failed.map(({ fullName }) => fullName)] },
      ] as const;
    });
    if (run.status !== 0 && results.every(([, { failed }]) => failed.length === 0))
      throw new Error(`vitest run: ended with ${run.status}, although no test failed`);
    return new Map(results);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  #run(...words: string[]) {
    const env = { ...process.env, REDOCLY_TELEMETRY: "off", NO_COLOR: "1" };
    return spawnSync(process.execPath, words, { cwd: this.folder, env, encoding: "utf8" });
  }

  /** Links what a package depends on as `pnpm install` does, from a package that has the same dependencies. */
  #link(path: string, model: string): void {
    const from = join(REPOSITORY, model, "node_modules");
    for (const name of globSync(["[!@.]*", "@*/*"], { cwd: from })) {
      const tool = join(this.folder, "tools", basename(name));
      const link = join(this.folder, path, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(name.startsWith("@org") && existsSync(tool) ? tool : join(from, name), link, "junction");
    }
  }
}

/** What vitest reports of files and their tests. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** The file of a command that a package provides. */
export function bin(name: string, command: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${name}/package.json`);
  const { bin: files } = require(manifest) as { readonly bin: Readonly<Record<string, string>> };
  return join(dirname(manifest), files[command] ?? "");
}
