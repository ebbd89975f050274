// Breaks the sources on purpose, one promise at a time, and expects the tests to notice each: `pnpm breaks`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A source, what to replace in it, and by what. */
type Break = readonly [file: string, promise: string, from: string, to: string];

const BREAKS: readonly Break[] = [
  // Breaks nothing: a suite that fails by itself would catch everything.
  ["index.ts", "nothing", "export function createTokenCache", "export function createTokenCache"],
  ["cache/token-cache.ts", "a source knows when nobody waits", "      flight.waiting--;\n", ""],
  [
    "cache/token-cache.ts",
    "a flight that is over is not joined",
    "if (record.flight === flight) record.flight = undefined;",
    "",
  ],
  ["cache/token-cache.ts", "a late token is kept", "(isLate ? adoptLate(", "(isLate && false ? adoptLate("],
  [
    "cache/token-record.ts",
    "a late token does not replace a newer one",
    "(record.token && started.monotonic <= record.requestedMonotonic)",
    "false",
  ],
  [
    "cache/token-cache.ts",
    "a flight has a deadline",
    "FLIGHT_DEADLINE = 60_000",
    "FLIGHT_DEADLINE = 600_000",
  ],
  [
    "cache/token-cache.ts",
    "a failure in the leeway hands out the token",
    "if (signal?.aborted || !record.token || !isValid(record)) throw error;",
    "throw error;",
  ],
  [
    "cache/token-cache.ts",
    "only the held token is invalidated",
    "if (record.refused || record.token?.accessToken !== refused) return;",
    "if (record.refused || !record.token) return;",
  ],
  ["cache/token-record.ts", "a success ends the pauses", "  record.pace = undefined;\n", ""],
  [
    "cache/token-cache.ts",
    "a refused token is not asked of an inner cache again",
    "if (refused && previous)",
    "if (false)",
  ],
  [
    "cache/token-record.ts",
    "the clock that says more is believed",
    "return Math.max(now - record.requestedAt",
    "return Math.min(now - record.requestedAt",
  ],
  ["cache/token-record.ts", "a new token is not a refused one", "  record.refused = false;\n", ""],
  ["cache/token-record.ts", "the leeway is kept", "usableFor(lifetime, record.settings.leeway)", "lifetime"],
  [
    "cache/token-record.ts",
    "a year is the most that is believed",
    "Math.min(token.expiresAt - requested.now, LONGEST_LIFETIME)",
    "token.expiresAt - requested.now",
  ],
  [
    "cache/token-record.ts",
    "a stale token is renewed early",
    "const STALE_AT = 0.8",
    "const STALE_AT = 0.95",
  ],
  ["renewal-pace.ts", "refusals are remembered for longer and longer", "++pace.refusals", "1"],
  ["renewal-pace.ts", "failed renewals are spaced", "now + pause(RENEWAL_PAUSE, ++pace.failures)", "now"],
  [
    "renewal-pace.ts",
    "a short wait is not held against callers",
    "!(background && asked <= SHORT_WAIT)",
    "true",
  ],
  ["renewal-pace.ts", "a forced renewal asks once a second", "now >= pace.failedAt + FORCED_EVERY", "true"],
  [
    "store/shared-source.ts",
    "a background renewal does not wait for a lock",
    "      if (background) return undefined;\n",
    "",
  ],
  ["store/shared-source.ts", "a lock is waited for once", "memory.giveUpAt ??=", "memory.giveUpAt ="],
  [
    "store/shared-source.ts",
    "who gives up says so",
    "ask(lock, !lock && guarded.available)",
    "ask(lock, false)",
  ],
  [
    "store/shared-source.ts",
    "the newest refresh token is sent",
    "newer(shelf.known, before)?.token",
    "before?.token",
  ],
  [
    "store/shared-source.ts",
    "a rotated token is stored before it is used",
    "await shelf.put(fresh)",
    "(void shelf.put(fresh), true)",
  ],
  [
    "store/shared-source.ts",
    "a refused token leaves the store",
    "if (refused && known.token.refreshToken === undefined)",
    "if (false)",
  ],
  [
    "store/kept-lock.ts",
    "a lock is not kept beyond the deadline",
    "        if (signal.aborted) return;\n",
    "",
  ],
  [
    "vendor/vendor-token-source.ts",
    "a lost refresh token is not sent again",
    "if (isLost(error)) memory.lost = once;",
    "",
  ],
  [
    "vendor/vendor-token-source.ts",
    "an omitted refresh token stays good",
    "if (token.refreshToken !== undefined || refreshToken === undefined)",
    "if (true)",
  ],
  [
    "vendor/current-credentials.ts",
    "rotated credentials are tried at once",
    "if (textOf(other.values) === textOf(using.values))",
    "if (true)",
  ],
  [
    "vendor/current-credentials.ts",
    "nobody renews with another client's token",
    "tenant.owner !== owner",
    "false",
  ],
  [
    "vendor/current-credentials.ts",
    "a remembered refusal is not a failure",
    "throw new Remembered(error);\n  try",
    "throw error;\n  try",
  ],
  ["cache/token-pool.ts", "what would be missed stays", "isMissed ? KEPT : DROPPED", "DROPPED"],
  ["cache/token-pool.ts", "the least recently used goes", "    ring.place(slot, KEPT);\n", ""],
  ["cache/token-cache.ts", "a request under way is counted", "      record.flights--;\n", ""],
  ["cache/token-record.ts", "a repeated token is known", "if (isRepeated(record, token))", "if (false)"],
];

const PACKAGE = join(import.meta.dirname, "..");
// Inside the package, so that its dependencies are found from there.
const copy = join(PACKAGE, ".breaks");
const missed: string[] = [];
for (const [index, [file, promise, from, to]] of BREAKS.entries()) {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const folder of ["src", "test-support"])
    cpSync(join(PACKAGE, folder), join(copy, folder), { recursive: true });
  const source = readFileSync(join(copy, "src", file), "utf8");
  if (source.split(from).length !== 2) throw new Error(`${file}: expected ${JSON.stringify(from)} once`);
  writeFileSync(
    join(copy, "src", file),
    source.replace(from, () => to),
  );
  const vitest = join(PACKAGE, "node_modules/vitest/vitest.mjs");
  const words = [vitest, "run", "--root", copy, "--bail", "1", "src/cache", "src/store", "src/vendor"];
  const { status } = spawnSync(process.execPath, words, { cwd: copy, env: { ...process.env, RUNS: "3000" } });
  const isCaught = (status !== 0) !== (from === to);
  if (!isCaught) missed.push(`${file}: ${promise}`);
  console.log(
    `${index + 1}/${BREAKS.length} ${isCaught ? (from === to ? "passed" : "caught") : "MISSED"}  ${promise}`,
  );
}
rmSync(copy, { recursive: true, force: true });
console.log(`${BREAKS.length - missed.length} of ${BREAKS.length} breaks were caught`);
if (missed.length > 0) process.exitCode = 1;
