import { statSync } from "node:fs";
import { mkdir } from "node:fs/promises";

/**
 * Checks that nobody but its owner can use a folder; one that does not exist yet is fine.
 *
 * @throws {TypeError} when it is something else, belongs to another user or is open to others.
 */
export function checkPrivate(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  const problem = (received: string) =>
    new TypeError(
      `directory: expected a folder that only its owner can use (mode 700), or one that does not exist yet, received ${JSON.stringify(folder)}, ${received}`,
    );
  if (!found.isDirectory()) throw problem("which is not a folder");
  // Windows has neither owners nor modes.
  if (!process.getuid) return;
  if (found.uid !== process.getuid()) throw problem(`which belongs to user ${found.uid}`);
  const mode = found.mode & 0o7777;
  if (mode & 0o077) throw problem(`which has mode ${mode.toString(8)}: chmod 700 it`);
}

/** Makes a folder that only its owner can use, and the ones above it. */
export async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  checkPrivate(folder);
}
