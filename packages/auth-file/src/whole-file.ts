import { randomUUID } from "node:crypto";
import { link, lstat, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openPrivate } from "./private-path.ts";

/** The end of a name that no other program gives to its files. */
const ASIDE = /\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.auth-file\.tmp$/;
/** Longer than any write takes, in milliseconds. */
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
 * Replaces a file by rename, so that a reader sees the old text or the new one. When this resolves, text and name are on
 * the disk: if a power cut lost a new refresh token, the old one would no longer work either.
 */
export async function replaceWhole(path: string, text: string): Promise<void> {
  await writeAside(path, text, true, (aside) => rename(aside, path));
  await syncFolder(dirname(path));
}

/** Replaces a file by rename, without waiting for the disk. */
export async function replaceQuickly(path: string, text: string): Promise<void> {
  await writeAside(path, text, false, (aside) => rename(aside, path));
}

/** Makes a file together with its text, unless it exists already; `false` if it does. */
export async function createWhole(path: string, text: string): Promise<boolean> {
  const made = await writeAside(path, text, false, async (aside) => {
    // A file that `open` creates exclusively is empty at first; a link has its text from the start.
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
  // Another process replaced it just before: put it back, unless there is an even newer one by now.
  if ((await readWhole(aside)) !== text) await unless("EEXIST", link(aside, path));
  await unlink(aside);
}

/** Removes files that processes left in a folder when they were killed while writing, and nothing else. */
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
