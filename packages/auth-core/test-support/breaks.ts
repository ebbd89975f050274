// Breaks the sources on purpose, one promise at a time, and expects the tests to notice each: `pnpm breaks`, or
// `pnpm breaks store/` for those whose file or promise holds that text.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BREAKS } from "./break-list.ts";

const PACKAGE = join(import.meta.dirname, "..");
// Inside the package, so that its dependencies are found from there.
const copy = join(PACKAGE, ".breaks");
const missed: string[] = [];
const [part = ""] = process.argv.slice(2);
const chosen = BREAKS.filter(([file, promise]) => `${file} ${promise}`.includes(part));
// First of all, so that a pattern that no longer matches is reported at once.
for (const [file, , from] of chosen) {
  const source = readFileSync(join(PACKAGE, "src", file), "utf8");
  if (source.split(from).length !== 2) throw new Error(`${file}: expected ${JSON.stringify(from)} once`);
}
for (const [index, [file, promise, from, to]] of chosen.entries()) {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const folder of ["src", "test-support"])
    cpSync(join(PACKAGE, folder), join(copy, folder), { recursive: true });
  const source = readFileSync(join(copy, "src", file), "utf8");
  writeFileSync(
    join(copy, "src", file),
    source.replace(from, () => to),
  );
  const vitest = join(PACKAGE, "node_modules/vitest/vitest.mjs");
  // What caches knows nothing of HTTP, so its tests need not run for what speaks HTTP, nor the other way round.
  const [room = ""] = file.split("/");
  const alone = ["fetch", "request"].find((one) => one === room);
  const rooms =
    from === to
      ? ["cache", "store", "vendor", "fetch", "request"]
      : alone
        ? [alone, "vendor"]
        : ["cache", "store", "vendor"];
  const words = [vitest, "run", "--root", copy, "--bail", "1", ...rooms.map((one) => `src/${one}/`)];
  const { status } = spawnSync(process.execPath, words, { cwd: copy, env: { ...process.env, RUNS: "1500" } });
  const isCaught = (status !== 0) !== (from === to);
  if (!isCaught) missed.push(`${file}: ${promise}`);
  console.log(
    `${index + 1}/${chosen.length} ${isCaught ? (from === to ? "passed" : "caught") : "MISSED"}  ${promise}`,
  );
}
rmSync(copy, { recursive: true, force: true });
console.log(`${chosen.length - missed.length} of ${chosen.length} breaks were caught`);
if (missed.length > 0) process.exitCode = 1;
