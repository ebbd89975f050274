import { lstatSync, type Stats } from "node:fs";
import { constants, type FileHandle, mkdir, open } from "node:fs/promises";

/** Opening a pipe instead of a file would wait for a writer. Windows lacks the last two flags, which then add nothing. */
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Checks that only its owner can use a folder; one that does not exist yet is fine.
 *
 * A link is refused even if it points to such a folder: anyone who can redirect it decides what is read after the check.
 *
 * @throws {TypeError} when it is not a folder, belongs to another user or is open to others.
 */
export function checkPrivate(folder: string): void {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (!found) return;
  const received = found.isSymbolicLink()
    ? "which is a symbolic link and not a folder"
    : found.isDirectory()
      ? exposure(found, "700")
      : "which is not a folder";
  if (received === undefined) return;
  throw new TypeError(
    `directory: expected a folder that only its owner can use (mode 700), or one that does not exist yet, received ${JSON.stringify(folder)}, ${received}`,
  );
}

/**
 * Makes a folder that only its owner can use, and the ones above it.
 *
 * @throws {TypeError} when something else is there.
 */
export async function makePrivate(folder: string): Promise<void> {
  checkPrivate(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  checkPrivate(folder);
}

/**
 * Opens a file for reading that only its owner can use.
 *
 * @throws {Error} when it is a link or not a file, belongs to another user or is open to others; the system's error when
 * it cannot be opened.
 */
export async function openPrivate(path: string): Promise<FileHandle> {
  const refuse = (received: string) =>
    new Error(`expected a file of this store, received ${JSON.stringify(path)}, ${received}`);
  const file = await open(path, READ_ONLY).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ELOOP" ? refuse("which is a symbolic link: remove it") : error;
  });
  const found = await file.stat();
  const received = found.isFile() ? exposure(found, "600") : "which is not a file: remove it";
  if (received === undefined) return file;
  await file.close();
  throw refuse(received);
}

/** Says who else can use a file or folder. Windows has neither owners nor modes, so there is nothing to check there. */
function exposure({ uid, mode }: Stats, wanted: string): string | undefined {
  if (!process.getuid) return undefined;
  if (uid !== process.getuid()) return `which belongs to user ${uid}`;
  return mode & 0o077 ? `which has mode ${(mode & 0o7777).toString(8)}: chmod ${wanted} it` : undefined;
}
