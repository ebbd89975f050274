import { execFileSync } from "node:child_process";

/** Runs git in a repository and returns what it prints; `undefined` where it fails. */
export function git(repository: string, ...words: readonly string[]): string | undefined {
  try {
    return execFileSync("git", words, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}
