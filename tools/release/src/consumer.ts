import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { BUNDLED_PROGRAM } from "./bundlers.ts";
import {
  CLIENT_PROGRAM,
  type Consumer,
  HELPERS,
  SERVER_PROGRAM,
  WORKER_PROGRAM,
} from "./consumer-programs.ts";
import { FORMATS_PROGRAM, SECOND_COPY } from "./formats-program.ts";
import { JEST_PROGRAM, JEST_SANDBOX_PROGRAM } from "./jest.ts";
import { run } from "./run.ts";
import { toolScript } from "./toolbox.ts";
import { TYPE_PROGRAM } from "./type-program.ts";
import type { Published } from "./workspace.ts";

const JEST_RECIPE = resolve(import.meta.dirname, "../../recipes/src/frameworks/jest/tokens.test.js");

/** The package managers that a consumer may use, by name: how each installs. */
export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn 1"] as const;

/** Writes a consumer's program, which depends on every package that is published. Only our own come from our registry. */
export function createConsumer(folder: string, registry: string, packages: readonly Published[]): Consumer {
  mkdirSync(join(folder, "commonjs"), { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const vendors = packages.flatMap(({ name }) => /^@org\/(.+)-client$/.exec(name)?.[1] ?? []);
  const dependencies: Record<string, string> = {};
  for (const { name, version, folder: place } of packages) {
    // yarn 1 installs no peers.
    Object.assign(dependencies, requiredPeers(place), { [name]: `^${version}` });
    if (name === "@org/auth-core") dependencies[SECOND_COPY] = `npm:${name}@^${version}`;
  }
  write("package.json", `${JSON.stringify({ private: true, type: "module", dependencies }, undefined, 2)}\n`);
  write(".npmrc", `@org:registry=${registry}\n`);
  write("helpers.mjs", HELPERS);
  write("server.mjs", SERVER_PROGRAM);
  write("program.mjs", CLIENT_PROGRAM(vendors, "import"));
  write("program.cjs", CLIENT_PROGRAM(vendors, "require"));
  write("worker.mjs", WORKER_PROGRAM(vendors));
  write("bundled.mjs", BUNDLED_PROGRAM);
  const names = packages.filter(isImported).map(({ name }) => name);
  write("formats.mjs", FORMATS_PROGRAM(names, vendors));
  write("program.ts", TYPE_PROGRAM(vendors));
  // Within the same installation, a project of the other kind.
  write("commonjs/package.json", '{ "private": true }\n');
  write("commonjs/program.ts", TYPE_PROGRAM(vendors));
  write("commonjs/packages.test.js", JEST_PROGRAM(vendors));
  write("commonjs/sandbox.test.js", JEST_SANDBOX_PROGRAM);
  cpSync(JEST_RECIPE, join(folder, "commonjs/recipe.test.js"));
  return { folder };
}

/** A command has nothing to import. */
function isImported({ folder }: Published): boolean {
  return "." in JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).exports;
}

function requiredPeers(folder: string): Record<string, string> {
  const { peerDependencies = {}, peerDependenciesMeta = {} } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  );
  const required = Object.entries<string>(peerDependencies).filter(
    ([name]) => !peerDependenciesMeta[name]?.optional,
  );
  return Object.fromEntries(required);
}

/** Installs the consumer's dependencies, and answers which version of a package it got. */
export async function install(
  { folder }: Consumer,
  manager: (typeof PACKAGE_MANAGERS)[number],
  toolbox: string,
): Promise<void> {
  const env = { npm_config_loglevel: "error", CI: "true" };
  if (manager === "npm") await run("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder, env });
  if (manager === "pnpm")
    await run("npx", ["-y", "pnpm@10", "install", "--no-frozen-lockfile"], { cwd: folder, env });
  if (manager === "yarn 1") {
    const registry = (
      await run("npm", ["config", "get", "registry", "--loglevel=error"], { cwd: toolbox })
    ).trim();
    const words = [
      toolScript(toolbox, "yarn"),
      "install",
      "--no-progress",
      "--non-interactive",
      "--registry",
      registry,
    ];
    await run(process.execPath, words, { cwd: folder, env });
  }
}

/** The version of a package that a consumer has. */
export function installedVersion({ folder }: Consumer, name: string): string {
  const manifest = join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) throw new Error(`expected ${name} to be installed in ${folder}, found nothing`);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
