import { randomUUID } from "node:crypto";
import { link, lstat, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openPrivate } from "./private-path.ts";

/** The end of a name that no other program gives to its files. */
const ASIDE = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.auth-file\.tmp$/;
/** Older than any write takes, in milliseconds. */
const ABANDONED = 60_000;

/**
 * Reads a file's text, or `undefined` when there is none.
 *
 * @throws {Error} when it is not a file that only its owner can use.
 */
export async function readWhole(path: string): Promise<string | undefined> {
  const file = await unless("ENOENT", openPrivate(path));
  try {
    return await file?.readFile("utf8");
  } finally {
    await file?.close();
  }
}

/**
 * Replaces a file by rename, so that a reader sees the old text or the new one. It is on the disk, name and all, when
 * this resolves: a refresh token that a power cut took away is one that no longer works anywhere.
 */
export async function replaceWhole(path: string, text: string): Promise<void> {
  await writeAside(path, text, true, (aside) => rename(aside, path));
  await syncFolder(dirname(path));
}

/** Replaces a file by rename, without waiting for the disk. */
export async function replaceQuickly(path: string, text: string): Promise<void> {
  await writeAside(path, text, false, (aside) => rename(aside, path));
}

/** Makes a file, text and all, unless it is there already; `false` if it is. */
export async function createWhole(path: string, text: string): Promise<boolean> {
  const made = await writeAside(path, text, false, async (aside) => {
    // What `open` makes exclusively is empty at first; a link has its text from the start.
    const linked = await unless(
      "EEXIST",
      link(aside, path).then(() => true),
    );
    await unlink(aside);
    return linked;
  });
  return made === true;
}

/** Removes a file, only if its text is still `text`. */
export async function removeIf(path: string, text: string): Promise<void> {
  const aside = asideOf(path);
  const moved = await unless(
    "ENOENT",
    rename(path, aside).then(() => true),
  );
  if (!moved) return;
  // Somebody replaced it just before: back with it, unless a still newer one is there by now.
  if ((await readWhole(aside)) !== text) await unless("EEXIST", link(aside, path));
  await unlink(aside);
}

/** Removes what processes that were killed while they wrote have left in a folder, and nothing else. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!ASIDE.test(name)) continue;
    const path = join(folder, name);
    const found = await unless("ENOENT", lstat(path));
    if (found?.isFile() && Date.now() - found.mtimeMs > ABANDONED) await unless("ENOENT", unlink(path));
  }
}

/** Resolves to `undefined` when a file operation fails with this code. */
export async function unless<T>(code: string, operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  }
}

async function writeAside<T>(
  path: string,
  text: string,
  durable: boolean,
  use: (aside: string) => Promise<T>,
): Promise<T> {
  const aside = asideOf(path);
  try {
    const file = await open(aside, "wx", 0o600);
    try {
      await file.writeFile(text);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    return await use(aside);
  } catch (error) {
    await unlink(aside).catch(() => {});
    throw error;
  }
}

/** A rename is on the disk once its folder is; some systems, Windows among them, cannot be asked for that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

function asideOf(path: string): string {
  return `${path}.${randomUUID()}.auth-file.tmp`;
}
