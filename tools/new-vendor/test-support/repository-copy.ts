import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/** A copy of what a new vendor touches and of the tools that look for it; what else they need is linked. */
export interface RepositoryCopy {
  readonly folder: string;
  /** Links what a package depends on as `pnpm install` does, from a package that has the same dependencies. */
  install(folder: string, model: string): string;
  /** Runs a program with Node.js, such as a file of the copy, and returns what it printed. */
  node(cwd: string, ...words: string[]): string;
  remove(): void;
}

/** Makes a copy in a temporary folder. */
export function copyRepository(): RepositoryCopy {
  const folder = mkdtempSync(join(tmpdir(), "new-vendor-"));
  const install = (to: string, model: string) => link(folder, to, model);
  for (const path of [...FILES, ...listVendors().map(({ client }) => client), ...TOOLS]) {
    cpSync(join(REPOSITORY, path), join(folder, path), {
      recursive: true,
      filter: (source) => !/[\\/](node_modules|dist|\.turbo|\.test-results)$/.test(source),
    });
  }
  for (const tool of TOOLS) install(tool, tool);
  symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
  return { folder, install, node, remove: () => rmSync(folder, { recursive: true }) };
}

/** The file of a command that a package brings. */
export function bin(name: string, command: string): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${name}/package.json`);
  const { bin: found } = require(manifest) as { readonly bin: string | Readonly<Record<string, string>> };
  return join(dirname(manifest), typeof found === "string" ? found : (found[command] ?? ""));
}

function link(copy: string, folder: string, model: string): string {
  const from = join(REPOSITORY, model, "node_modules");
  const to = join(copy, folder, "node_modules");
  mkdirSync(join(to, "@org"), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== "@org" && !name.startsWith(".")) symlinkSync(join(from, name), join(to, name), "junction");
  }
  for (const name of readdirSync(join(from, "@org"))) {
    const tool = join(copy, "tools", name);
    symlinkSync(existsSync(tool) ? tool : join(from, "@org", name), join(to, "@org", name), "junction");
  }
  return join(copy, folder);
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
