import { cpSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { npmInstall } from "./processes.ts";

const MANIFEST = join(import.meta.dirname, "../toolbox/package.json");

/** Where the tools are installed. */
export const TOOLBOX: string = join(REPOSITORY, "node_modules/.cache/release-rehearsal");

/** Loads one of the tools into this process. */
export const requireTool: NodeJS.Require = createRequire(join(TOOLBOX, "package.json"));

/** Installs the tools of `toolbox/package.json` that are not installed yet. */
export async function installTools(): Promise<void> {
  const stamp = join(TOOLBOX, "installed.json");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(MANIFEST, "utf8")) return;
  mkdirSync(TOOLBOX, { recursive: true });
  cpSync(MANIFEST, join(TOOLBOX, "package.json"));
  await npmInstall(TOOLBOX);
  cpSync(MANIFEST, stamp);
}

/** The script behind a command of a tool. */
export function toolScript(name: string, command: string = name): string {
  const folder = join(TOOLBOX, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
