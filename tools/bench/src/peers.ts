import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { BENCH } from "./child-process.ts";
import { pnpmScript } from "./pnpm-script.ts";

/** Installs the peers as their lock file says; does nothing when they are there. */
export function installPeers(): void {
  const args = [pnpmScript(), "install", "--frozen-lockfile", "--prefer-offline"];
  const cwd = join(BENCH, "peers");
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`the peers could not be installed:\n${stdout}${stderr}`);
}
