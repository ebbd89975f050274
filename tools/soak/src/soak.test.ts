import { execFile } from "node:child_process";
import { type AccessToken, TokenRequestError } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { createSandbox } from "@org/auth-sandbox";
import { describe, expect, it } from "vitest";
import { resultTable, soakProblems } from "./result-table.ts";
import { type SoakResult, soak } from "./soak.ts";
import { createTokenCache, VENDOR_NAMES } from "./vendors.ts";

/** One for each vendor, and one for all. */
const COLUMNS = VENDOR_NAMES.length + 1;

function run(args: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const main = `${import.meta.dirname}/main.ts`;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ["--expose-gc", main, ...args],
      { timeout: 110_000 },
      (error, stdout, stderr) => resolve({ code: error ? error.code : 0, stdout, stderr }),
    );
  });
}

describe("pnpm soak", () => {
  it("finds nothing wrong in a few seconds", { timeout: 120_000 }, async () => {
    const { code, stdout, stderr } = await run(["--seconds", "4", "--callers", "40", "--seed", "1"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^40 callers of each vendor for 4 s, seed 1\n/);
    for (const label of [
      "errors while a valid token existed",
      "refusals seen by callers",
      "expired tokens sent",
      "expired tokens seen by callers",
      "errors from outside the cache",
    ]) {
      expect(stdout).toMatch(new RegExp(`^${label}(\\s+0){${COLUMNS}}$`, "m"));
    }
    expect(stdout).toMatch(/^1,000 tenants: [\d,]*[1-9][\d,]* calls, 0 mixed up, 0 errors from outside/m);
    expect(stdout).toMatch(/^unhandled rejections: 0$/m);
    expect(stdout).toMatch(/^heap: [\d.]+ MB before, [\d.]+ MB after, /m);
    expect(stdout).toMatch(new RegExp(`^calls(\\s+[\\d,]*[1-9][\\d,]*){${COLUMNS}}$`, "m"));
  });

  it("explains itself", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: pnpm soak /);
  });

  it.each([
    [["--fast"], "'--fast'"],
    [["--seconds", "soon"], "--seconds: expected a whole number from 1, such as --seconds 60, received soon"],
    [["--seed", "-1"], "--seed"],
  ])("refuses %j before it starts anything", async (args, words) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(words);
  });
});

/** A cache that keeps its first token for ever. */
const stubborn: (tokens: VendorTokenCache) => VendorTokenCache = (tokens) => {
  let first: Promise<AccessToken> | undefined;
  const getToken = () => (first ??= tokens.getToken());
  return { ...tokens, getToken, peek: () => undefined, invalidate: () => {} };
};

/** A cache that fails now and then, whatever it holds. */
const moody: (tokens: VendorTokenCache) => VendorTokenCache = (tokens) => {
  const failure = new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no response" });
  let calls = 0;
  const getToken: typeof tokens.getToken = async (options) => {
    if (calls++ % 10 === 9) throw failure;
    return tokens.getToken(options);
  };
  return { ...tokens, getToken, peek: () => undefined };
};

it("a soak detects caches that hand out expired tokens or fail while they hold a valid one", {
  timeout: 60_000,
}, async () => {
  // Faults are planned in the sandbox's order. With this seed the first tokens of its first two vendors are whole and not revoked.
  const [first = "", second = "", third = ""] = Object.keys((await createSandbox()).vendors);
  const wrongs = new Map([
    [first, stubborn],
    [second, stubborn],
    [third, moody],
  ]);
  const result = await soak({
    seconds: 4,
    seed: 1,
    callers: 5,
    tenants: 10,
    print: () => {},
    createTokenCache(vendor, ...args) {
      const tokens = createTokenCache(vendor, ...args);
      return wrongs.get(vendor)?.(tokens) ?? tokens;
    },
  });
  const found = new Set(soakProblems(result).map((problem) => problem.split(",")[0]));
  expect(found).toEqual(
    new Set([
      `${first}: expected 0 expired tokens sent`,
      `${first}: expected 0 expired tokens seen by callers`,
      `${second}: expected 0 expired tokens sent`,
      `${second}: expected 0 expired tokens seen by callers`,
      `${third}: expected 0 errors while a valid token existed`,
    ]),
  );
});

describe("the result of a soak", () => {
  const none = {
    calls: 1234,
    givenUp: 0,
    refused: new Map([["revoked", 3]]),
    errors: new Map([["server_error", 2]]),
    errorsWhileValid: 0,
    expiredSent: 0,
    expiredSeen: 0,
    expiredOnTheWay: 0,
    foreignErrors: 0,
    tokenRequests: 9,
    faults: 2,
    revocations: 1,
    rotations: 1,
  };
  const good: SoakResult = {
    vendors: { acme: none, other: { ...none, errors: new Map([["timeout", 1]]) } },
    tenants: { calls: 1, mixedUp: 0, errors: new Map(), foreignErrors: 0 },
    unhandledRejections: [],
    heapBefore: 20e6,
    heapAfter: 30e6,
  };

  it("without a failure is not a problem, and its errors are listed by their codes", () => {
    expect(soakProblems(good)).toEqual([]);
    const lines = resultTable(good).map((line) => line.trim().replaceAll(/ +/g, " "));
    expect(lines).toContain("errors seen by callers 2 1 3");
    expect(lines).toContain("server_error 2 0 2");
    expect(lines).toContain("timeout 0 1 1");
    expect(lines).toContain("calls 1,234 1,234 2,468");
    expect(lines).toContain("heap: 20.0 MB before, 30.0 MB after, 10.0 MB growth");
  });

  it.each<[Partial<SoakResult>, string]>([
    [
      { tenants: { calls: 1, mixedUp: 2, errors: new Map(), foreignErrors: 0 } },
      "tenants: expected each to get its own token, counted 2 mixed up",
    ],
    [
      { tenants: { calls: 1, mixedUp: 0, errors: new Map([["invalid_client", 2]]), foreignErrors: 0 } },
      "tenants: expected 0 refusals seen by callers, counted 2",
    ],
    [{ unhandledRejections: [new Error("lost")] }, "unhandled rejection: Error: lost"],
    [{ heapAfter: 30_100_000 }, "heap: expected at most 10.0 MB growth, measured 10.1 MB"],
    [{ vendors: { acme: { ...none, calls: 0 } } }, "acme: expected calls, counted none"],
    [
      { vendors: { acme: { ...none, expiredSeen: 7 } } },
      "acme: expected 0 expired tokens seen by callers, counted 7",
    ],
    [
      { vendors: { acme: { ...none, errors: new Map([["invalid_client", 3]]) } } },
      "acme: expected 0 refusals seen by callers, counted 3",
    ],
    [{ vendors: { acme: { ...none, expiredSent: 7 } } }, "acme: expected 0 expired tokens sent, counted 7"],
  ])("says what is wrong: %#", (wrong, sentence) => {
    expect(soakProblems({ ...good, ...wrong })).toEqual([sentence]);
  });
});

it("soaks every vendor of the sandbox", async () => {
  expect([...VENDOR_NAMES].sort()).toEqual(Object.keys((await createSandbox()).vendors).sort());
});
