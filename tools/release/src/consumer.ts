import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PublishedPackage, REPOSITORY } from "@org/vendors";
import { BUNDLED_PROGRAM } from "./bundlers.ts";
import {
  CLIENT_PROGRAM,
  FORMATS_PROGRAM,
  HELPERS,
  SECOND_COPY,
  SERVER_PROGRAM,
  WORKER_PROGRAM,
} from "./consumer-programs.ts";
import { JEST_PROGRAM, JEST_SANDBOX_PROGRAM } from "./jest.ts";
import { npmInstall, pnpm, run, runNode } from "./processes.ts";
import { TOOLBOX, toolScript } from "./toolbox.ts";
import { TYPE_PROGRAM } from "./type-checks.ts";
import type { Source } from "./workspace.ts";

/** The package managers that a consumer may use, and how each installs what a folder's `package.json` depends on. */
export const PACKAGE_MANAGERS: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  npm: npmInstall,
  pnpm: (folder) => pnpm(folder, "install", "--no-frozen-lockfile"),
  "yarn 1": async (folder) => {
    const registry = await run("npm", ["config", "get", "registry"], { cwd: TOOLBOX });
    const options = ["--no-progress", "--non-interactive", "--registry", registry];
    await runNode([toolScript("yarn"), "install", ...options], { cwd: folder });
  },
};

/**
 * Writes the programs of a consumer who installs our packages, in a folder that depends on each that is published. Only our own come
 * from our registry.
 */
export function createConsumer(folder: string, { registry, packages }: Source): void {
  const vendors = packages.flatMap(({ name }) => /^@org\/(.+)-client$/.exec(name)?.[1] ?? []);
  // A command has nothing to import.
  const imported = packages.filter(({ exports }) => "." in exports).map(({ name }) => name);
  const dependencies: Record<string, string> = {};
  for (const one of packages) {
    const { name, version } = one;
    // yarn 1 installs no peers.
    Object.assign(dependencies, requiredPeers(one), { [name]: `^${version}` });
    if (name === "@org/auth-core") dependencies[SECOND_COPY] = `npm:${name}@^${version}`;
  }
  const files = {
    "package.json": JSON.stringify({ private: true, type: "module", dependencies }, undefined, 2),
    ".npmrc": `@org:registry=${registry}\n`,
    "helpers.mjs": HELPERS,
    "server.mjs": SERVER_PROGRAM,
    "program.mjs": CLIENT_PROGRAM(vendors, "import"),
    "program.cjs": CLIENT_PROGRAM(vendors, "require"),
    "worker.mjs": WORKER_PROGRAM(vendors),
    "bundled.mjs": BUNDLED_PROGRAM,
    "formats.mjs": FORMATS_PROGRAM(imported, vendors),
    "program.ts": TYPE_PROGRAM(vendors),
    // Within the same installation, a project of the other kind.
    "commonjs/package.json": '{ "private": true }\n',
    "commonjs/program.ts": TYPE_PROGRAM(vendors),
    "commonjs/packages.test.js": JEST_PROGRAM(vendors),
    "commonjs/sandbox.test.js": JEST_SANDBOX_PROGRAM,
  };
  mkdirSync(join(folder, "commonjs"), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const recipe = "tools/recipes/src/frameworks/jest/tokens.test.js";
  cpSync(join(REPOSITORY, recipe), join(folder, "commonjs/recipe.test.js"));
}

function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: PublishedPackage): object {
  const peers = Object.entries(peerDependencies);
  return Object.fromEntries(peers.filter(([name]) => !peerDependenciesMeta[name]?.optional));
}

/** The version of a package that a consumer has. */
export function installedVersion(folder: string, name: string): string {
  const manifest = join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) throw new Error(`expected ${name} to be installed in ${folder}, found nothing`);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
