import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { npmInstall } from "./run.ts";

/** What only a rehearsal needs; too heavy for everybody's `pnpm install`. */
const MANIFEST = {
  private: true,
  dependencies: {
    "@rollup/plugin-node-resolve": "16.0.3",
    bun: "1.4.5",
    deno: "2.9.6",
    esbuild: "0.28.2",
    eslint: "10.15.0",
    "jest-29": "npm:jest@29.7.0",
    "jest-30": "npm:jest@30.5.2",
    miniflare: "4.20260721.0",
    rollup: "4.68.8",
    // What typescript-eslint reads types with.
    typescript: "5.9.3",
    "typescript-5.7": "npm:typescript@5.7.3",
    "typescript-5.9": "npm:typescript@5.9.3",
    "typescript-6": "npm:typescript@6.0.3",
    "typescript-7": "npm:typescript@7.0.2",
    "typescript-eslint": "8.74.0",
    verdaccio: "6.10.4",
    webpack: "5.112.2",
    "webpack-cli": "7.3.1",
    yarn: "1.22.22",
  },
  // A registry mirror without dist-tags has no version for what verdaccio-audit asks for.
  overrides: { "verdaccio-audit": { "node-fetch": "2.7.0" } },
};

/** Where the tools are installed. */
export const TOOLBOX: string = join(REPOSITORY, "node_modules/.cache/release-rehearsal");

/** Loads one of the tools into this process. */
export const requireTool: NodeJS.Require = createRequire(join(TOOLBOX, "package.json"));

/** Installs the tools that are not installed yet. */
export async function installTools(): Promise<void> {
  const manifest = `${JSON.stringify(MANIFEST, undefined, 2)}\n`;
  const stamp = join(TOOLBOX, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === manifest) return;
  mkdirSync(TOOLBOX, { recursive: true });
  writeFileSync(join(TOOLBOX, "package.json"), manifest);
  await npmInstall(TOOLBOX);
  writeFileSync(stamp, manifest);
}

/** The script behind a command of a tool. */
export function toolScript(name: string, command: string = name): string {
  const folder = join(TOOLBOX, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
