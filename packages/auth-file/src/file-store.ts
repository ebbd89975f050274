import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import type { TokenStore } from "@org/auth-core/store";
import { decodeFile, encodeFile } from "./entry-text.ts";
import { takeLock } from "./file-lock.ts";
import { checkPrivate, makePrivate } from "./private-path.ts";
import { readWhole, removeAbandoned, removeIf, replaceWhole } from "./whole-file.ts";

/**
 * A token store in a folder of this machine's disk, for the processes of one user: command line tools, cron jobs.
 *
 * The folder is made with mode 700 when it is first needed, each file with 600. Entries are stored unencrypted: wrap the
 * store in `encryptedStore` if others can read the disk or its backups. Every access checks the folder, and every read its
 * file: a method rejects if either is a symbolic link, or belongs to or is open to other users.
 *
 * @throws {TypeError} when `directory` is not a path, begins with `~`, which only a shell resolves, or exists but is not a
 * folder, is a symbolic link, or belongs to or is open to other users.
 */
export function fileStore(directory: string): TokenStore {
  if (typeof directory !== "string" || directory === "") {
    const received = directory === "" ? "an empty one" : typeof directory;
    throw new TypeError(
      `directory: expected a path, such as "/home/me/.cache/acme/tokens", received ${received}`,
    );
  }
  if (directory.startsWith("~")) {
    throw new TypeError(
      `directory: expected a path without "~", such as join(homedir(), ".cache/acme/tokens"), received ${JSON.stringify(directory)}`,
    );
  }
  // A later chdir must not move it.
  const folder = resolve(directory);
  checkPrivate(folder);
  let prepared = false;

  const prepare = async () => {
    await makePrivate(folder);
    if (!prepared) await removeAbandoned(folder);
    prepared = true;
  };
  const pathOf = (key: string, kind: "entry" | "lock") => join(folder, `${hash(key)}.${kind}`);

  const find = async (key: string) => {
    checkPrivate(folder);
    const path = pathOf(key, "entry");
    const text = await readWhole(path);
    const filed = text === undefined ? undefined : decodeFile(key, text);
    return text !== undefined && filed ? { ...filed, remove: () => removeIf(path, text) } : undefined;
  };

  return {
    get: async (key) => {
      const found = await find(key);
      if (found && Date.now() >= found.until) {
        await found.remove();
        return undefined;
      }
      return found?.entry;
    },
    set: async (key, entry, lifetime) => {
      await prepare();
      await replaceWhole(pathOf(key, "entry"), encodeFile(key, { entry, until: Date.now() + lifetime }));
    },
    delete: async (key, entry) => {
      const found = await find(key);
      if (found?.entry === entry) await found.remove();
    },
    lock: async (key, lifetime) => {
      await prepare();
      return takeLock(pathOf(key, "lock"), lifetime);
    },
  };
}

/** A key may contain any characters, and some file systems ignore case. */
function hash(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}
