import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PublishedPackage, pascalCase, REPOSITORY } from "@org/vendors";
import { npmInstall, pnpm, run, runNode } from "./processes.ts";
import { TOOLBOX, toolScript } from "./toolbox.ts";
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

/** What the consumer calls its second copy of auth-core. */
const SECOND_COPY = "auth-core-again";

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
  cpSync(join(import.meta.dirname, "../consumer"), folder, { recursive: true });
  const recipe = "tools/recipes/src/frameworks/jest/tokens.test.js";
  cpSync(join(REPOSITORY, recipe), join(folder, "commonjs/recipe.test.js"));
  // Within the same installation, a project of the other kind.
  cpSync(join(folder, "program.ts"), join(folder, "commonjs/program.ts"));
  const creates = vendors.map((vendor) => [vendor, `create${pascalCase(vendor)}TokenCache`] as const);
  const lines = (line: (vendor: string, create: string) => string) =>
    creates.map(([vendor, create]) => `${line(vendor, create)}\n`).join("");
  const clients = `import type { VendorTokenCache } from "@org/auth-core/vendor";
import { createSandbox } from "@org/auth-sandbox";
${vendors.map(useOfClient).join("")}`;
  const files = {
    "package.json": JSON.stringify({ private: true, type: "module", dependencies }, undefined, 2),
    ".npmrc": `@org:registry=${registry}\n`,
    "packages.json": JSON.stringify({
      imported: [...imported, SECOND_COPY],
      creates: Object.fromEntries(creates),
    }),
    "vendors.mjs": `${lines((vendor, create) => `import { ${create} } from "@org/${vendor}-client";`)}
export const creates = {
${lines((vendor, create) => `  "${vendor}": ${create},`)}};
`,
    "vendors.cjs": `exports.creates = {
${lines((vendor, create) => `  "${vendor}": require("@org/${vendor}-client").${create},`)}};
`,
    "clients.ts": clients,
    "commonjs/clients.ts": clients,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: PublishedPackage): object {
  const peers = Object.entries(peerDependencies);
  return Object.fromEntries(peers.filter(([name]) => !peerDependenciesMeta[name]?.optional));
}

/** States no type, as `program.ts`. */
function useOfClient(vendor: string): string {
  const Vendor = pascalCase(vendor);
  return `
import { create${Vendor}Client, create${Vendor}TokenCache, type paths as ${Vendor} } from "@org/${vendor}-client";
export type ${Vendor}Path = keyof ${Vendor};
export const client${Vendor} = create${Vendor}Client({ baseUrl: "https://example.com" });
export async function use${Vendor}() {
  const sandbox = await createSandbox();
  const { baseUrl, credentials } = sandbox.vendor("${vendor}");
  const cache = create${Vendor}TokenCache(credentials(), { baseUrl, fetch: sandbox.fetch });
  const known: VendorTokenCache = cache;
  return { sandbox, cache, token: await known.getToken() };
}
`;
}

/** The version of a package that a consumer has. */
export function installedVersion(folder: string, name: string): string {
  const manifest = join(folder, "node_modules", name, "package.json");
  if (!existsSync(manifest)) throw new Error(`expected ${name} to be installed in ${folder}, found nothing`);
  return JSON.parse(readFileSync(manifest, "utf8")).version;
}
