import { execFileSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";

/** The file of the pnpm that runs this, or of version 10 when this runs without. */
export function pnpmScript(): string {
  const { npm_execpath: own = "" } = process.env;
  if (/pnpm[^/\\]*$/.test(own) && existsSync(own)) return realpathSync(own);
  const found = execFileSync("npx", ["-y", "-p", "pnpm@10", "-c", "command -v pnpm"], { encoding: "utf8" });
  return realpathSync(found.trim());
}
