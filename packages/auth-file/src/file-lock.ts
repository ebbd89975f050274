import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { TokenStoreLock } from "@org/auth-core/store";
import { makePrivate } from "./private-path.ts";
import { createWhole, readWhole, removeAbandoned, replaceQuickly, unless } from "./whole-file.ts";

/**
 * Takes a lock that is a folder of numbered files. The highest number is the owner's, and its file says until when. A
 * process takes over the lock by creating the next number, in which only one process can succeed.
 *
 * The highest file stays when the lock is released, so that a number is never used twice: a process that looked earlier
 * and acts late creates a number below the highest, notices that, and does not mistake a live lock for a dead one.
 */
export async function takeLock(folder: string, lifetime: number): Promise<TokenStoreLock | undefined> {
  await makePrivate(folder);
  await removeAbandoned(folder);
  const last = await highest(folder);
  if (await isHeld(folder, last)) return undefined;
  const mine = last + 1n;
  if (!(await createWhole(fileOf(folder, mine), until(lifetime)))) return undefined;
  // Its owner may have extended it after all, or others may have come and gone since the first look.
  if ((await highest(folder)) !== mine || (await isHeld(folder, last))) {
    await unless("ENOENT", unlink(fileOf(folder, mine)));
    return undefined;
  }
  await removeBelow(folder, mine);

  const isMine = async () => (await highest(folder)) === mine;
  return {
    release: async () => {
      if (await isMine()) await replaceQuickly(fileOf(folder, mine), RELEASED);
    },
    extend: async (ms) => {
      if (!(await isHeld(folder, mine))) return false;
      await replaceQuickly(fileOf(folder, mine), until(ms));
      return isMine();
    },
  };
}

const RELEASED = "0";
/** A lock that claims to be held for longer, in milliseconds, is garbage or was made under a wrong clock. */
const LONGEST = 24 * 3600 * 1000;

/** By the wall clock, since all processes of a machine share it. */
function until(lifetime: number): string {
  return String(Date.now() + Math.min(lifetime, LONGEST));
}

/** A file that is gone or makes no sense does not hold the lock. */
async function isHeld(folder: string, number: bigint): Promise<boolean> {
  const left = Number(await readWhole(fileOf(folder, number))) - Date.now();
  return left > 0 && left <= LONGEST;
}

async function highest(folder: string): Promise<bigint> {
  let most = 0n;
  for (const number of await numbers(folder)) if (number > most) most = number;
  return most;
}

async function removeBelow(folder: string, limit: bigint): Promise<void> {
  for (const number of await numbers(folder)) {
    if (number < limit) await unless("ENOENT", unlink(fileOf(folder, number)));
  }
}

/** As `bigint`, so that the next number differs however large a number another program put there. */
async function numbers(folder: string): Promise<bigint[]> {
  return (await readdir(folder)).filter((name) => /^[1-9]\d*$/.test(name)).map(BigInt);
}

function fileOf(folder: string, number: bigint): string {
  return join(folder, String(number));
}
