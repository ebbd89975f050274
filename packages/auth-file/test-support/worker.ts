/**
 * One process of the tests: `node worker.ts <what> <folder> <seconds>`. It speaks in lines of JSON.
 *
 * - `write`: replaces one entry, over and over, each time with another length.
 * - `count`: adds 1 to the number in the file `count`, read and written without care, 50 times under the lock.
 * - `die`: takes the lock and never releases it, over and over, and says from when until when it was the owner.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileStore } from "../src/file-store.ts";

const [what, folder = "", seconds] = process.argv.slice(2);
const store = fileStore(folder);
const endAt = Date.now() + Number(seconds) * 1000;
const say = (line: unknown) => writeFileSync(1, `${JSON.stringify(line)}\n`);

if (what === "write") {
  for (let round = 1; Date.now() < endAt; round++) {
    await store.set("key", JSON.stringify({ round, filler: "x".repeat(round % 50_000) }), 60_000);
    if (round === 1) say("started");
  }
}

if (what === "count") {
  const file = join(folder, "count");
  for (let left = 50; left > 0; ) {
    const lock = await store.lock("key", 60_000);
    if (!lock) {
      await sleep(Math.random() * 5);
      continue;
    }
    const count = Number(readFileSync(file, "utf8"));
    await sleep(1);
    writeFileSync(file, String(count + 1));
    left--;
    await lock.release();
  }
}

if (what === "die") {
  const lifetime = 40;
  while (Date.now() < endAt) {
    const asked = Date.now();
    const lock = await store.lock("key", lifetime);
    if (lock) say({ from: Date.now(), until: asked + lifetime });
    await sleep(Math.random() * 4);
  }
}
