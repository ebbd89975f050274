import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";

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

/** Installs the tools where they are not yet, and answers in which folder they are. */
export async function openToolbox(repository: string): Promise<string> {
  const folder = join(repository, "node_modules/.cache/release-rehearsal");
  const manifest = `${JSON.stringify(MANIFEST, undefined, 2)}\n`;
  const stamp = join(folder, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === manifest) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), manifest);
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  writeFileSync(stamp, manifest);
  return folder;
}

/** The script behind a command of the toolbox. */
export function toolScript(toolbox: string, name: string, command: string = name): string {
  const folder = join(toolbox, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
