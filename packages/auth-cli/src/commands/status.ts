import { accountFolders, cacheFolder, removeFolder, storedToken } from "../cache-folder.ts";
import type { CommandLine } from "../command-line.ts";
import { unknown } from "../problem.ts";
import { bundledVendors, isPath, realPath } from "../target.ts";
import { coloured, localTime, print } from "../terminal.ts";

/** Prints what is cached, until when and where, without secrets. */
export async function status(line: CommandLine): Promise<undefined> {
  const found = await Promise.all(
    accountFolders().map(async (folder) => ({ ...folder, token: await storedToken(folder, 0) })),
  );
  if (line.has("json")) {
    return print(
      JSON.stringify(
        found.map(({ account, path, token }) => ({
          ...account,
          expiresAt: token ? new Date(token.expiresAt).toISOString() : null,
          folder: path,
        })),
      ),
    );
  }
  if (found.length === 0) return print(`nothing is cached in ${cacheFolder()}`);
  for (const { account, path, token } of found) {
    const { vendor, file, grant, baseUrl, credentials, profile } = account;
    const until = token
      ? coloured(
          "green",
          `valid until ${localTime(token.expiresAt)}, for ${duration(token.expiresAt - Date.now())}`,
        )
      : coloured("dim", "expired");
    const facts = [
      ["server", baseUrl],
      ["grant", grant],
      ["specification", file],
      ["profile", profile],
      ["credentials", `from ${credentials}`],
      ["folder", path],
    ];
    print(`${vendor}: ${until}`);
    for (const [name, value] of facts) if (value !== undefined) print(`  ${name?.padEnd(13)}  ${value}`);
  }
}

/**
 * Removes the cached tokens of a vendor. The vendor is not told: they stay valid there until they expire.
 *
 * @throws {Problem} for a vendor that is neither known nor cached.
 */
export function forget(line: CommandLine): undefined {
  const [name = ""] = line.operands;
  const profile = line.value("profile");
  const all = accountFolders();
  const path = isPath(name) ? realPath(name) : undefined;
  const known = [...new Set([...bundledVendors(), ...all.map(({ account }) => account.vendor)])];
  if (path === undefined && !known.includes(name)) throw unknown("vendor", name, known);
  const found = all.filter(
    ({ account }) =>
      (path === undefined ? account.vendor === name : account.file === path) &&
      (profile === undefined || account.profile === profile),
  );
  for (const folder of found) {
    removeFolder(folder);
    print(`forgotten: ${folder.account.vendor}, ${folder.account.baseUrl}`);
  }
  if (found.length === 0) print(`nothing is cached for ${name}`);
}

/** Such as `59 min`, and never longer than it is. */
function duration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
