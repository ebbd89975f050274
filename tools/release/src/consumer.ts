import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT_PROGRAM, HELPERS, SERVER_PROGRAM, WORKER_PROGRAM } from "./consumer-programs.ts";
import { run } from "./run.ts";
import { toolScript } from "./toolbox.ts";
import type { Published } from "./workspace.ts";

/** A program by somebody who installs our packages, in a folder of its own. */
export interface Consumer {
  readonly folder: string;
}

/** The package managers that a consumer may use, by name: how each installs. */
export const PACKAGE_MANAGERS = ["npm", "pnpm", "yarn 1"] as const;

/** Writes a consumer's program, which depends on every package that is published. Only our own come from our registry. */
export function createConsumer(folder: string, registry: string, packages: readonly Published[]): Consumer {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const vendors = packages.flatMap(({ name }) => /^@org\/(.+)-client$/.exec(name)?.[1] ?? []);
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, `^${version}`]));
  write("package.json", `${JSON.stringify({ private: true, type: "module", dependencies }, undefined, 2)}\n`);
  write(".npmrc", `@org:registry=${registry}\n`);
  write("helpers.mjs", HELPERS);
  write("server.mjs", SERVER_PROGRAM);
  write("program.mjs", CLIENT_PROGRAM(vendors, "import"));
  write("program.cjs", CLIENT_PROGRAM(vendors, "require"));
  write("program.ts", CLIENT_PROGRAM(vendors, "typescript"));
  write("worker.mjs", WORKER_PROGRAM(vendors));
  return { folder };
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

/** Type-checks the consumer's program with one compiler and one module resolution. */
export async function typeCheck(
  { folder }: Consumer,
  toolbox: string,
  compiler: string,
  resolution: "nodenext" | "bundler",
): Promise<void> {
  const name = `tsconfig.${compiler}.${resolution}.json`;
  const module = resolution === "nodenext" ? "nodenext" : "esnext";
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module,
    moduleResolution: resolution,
    exactOptionalPropertyTypes: true,
    types: [],
    // Our declarations have to hold on their own.
    skipLibCheck: false,
  };
  writeFileSync(join(folder, name), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  await run(process.execPath, [toolScript(toolbox, compiler, "tsc"), "-p", name], { cwd: folder });
}
