import { execFile } from "node:child_process";
import { type AccessToken, TokenRequestError } from "@org/auth-core";
import { describe, expect, it } from "vitest";
import { resultTable, soakProblems } from "./result-table.ts";
import { type SoakResult, soak } from "./soak.ts";
import {
  type CreateTokenCache,
  VENDOR_NAMES,
  VENDORS,
  type VendorName,
  type VendorTokenCache,
} from "./vendors.ts";

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
      "expired tokens sent",
      "expired tokens seen by callers",
      "errors that are none of the cache's",
    ]) {
      expect(stdout).toMatch(new RegExp(`^${label}(\\s+0){6}$`, "m"));
    }
    expect(stdout).toMatch(/^unhandled rejections: 0$/m);
    expect(stdout).toMatch(/^heap: [\d.]+ MB before, [\d.]+ MB after, /m);
    expect(stdout).toMatch(/^calls(\s+[\d,]*[1-9][\d,]*){6}$/m);
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
  const failure = new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no answer" });
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
  const caches: Record<VendorName, CreateTokenCache> = {
    ...VENDORS,
    conomy: (...args) => stubborn(VENDORS.conomy(...args)),
    contit: (...args) => stubborn(VENDORS.contit(...args)),
    unnamed: (...args) => moody(VENDORS.unnamed(...args)),
  };
  // With this seed the first tokens of conomy and contit are whole and not revoked.
  const result = await soak({ seconds: 4, seed: 1, callers: 5, print: () => {}, caches });
  const { conomy, contit, unnamed, stonex } = result.vendors;
  expect(conomy?.expiredSent).toBeGreaterThan(0);
  expect(conomy?.expiredSeen).toBeGreaterThan(0);
  expect(contit?.expiredSeen).toBeGreaterThan(0);
  expect(unnamed?.errorsWhileValid).toBeGreaterThan(0);
  expect(stonex).toMatchObject({ expiredSent: 0, expiredSeen: 0, errorsWhileValid: 0 });
  expect(soakProblems(result).map((problem) => problem.split(",")[0])).toEqual([
    "conomy: expected 0 expired tokens sent",
    "conomy: expected 0 expired tokens seen by callers",
    "unnamed: expected 0 errors while a valid token existed",
    "contit: expected 0 expired tokens sent",
    "contit: expected 0 expired tokens seen by callers",
  ]);
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
  };
  const good: SoakResult = {
    vendors: { acme: none, other: { ...none, errors: new Map([["timeout", 1]]) } },
    unhandledRejections: [],
    heapBefore: 20e6,
    heapAfter: 30e6,
  };

  it("without a failure is no problem, and its errors are listed by their codes", () => {
    expect(soakProblems(good)).toEqual([]);
    const lines = resultTable(good).map((line) => line.trim().replaceAll(/ +/g, " "));
    expect(lines).toContain("errors seen by callers 2 1 3");
    expect(lines).toContain("server_error 2 0 2");
    expect(lines).toContain("timeout 0 1 1");
    expect(lines).toContain("calls 1,234 1,234 2,468");
    expect(lines).toContain("heap: 20.0 MB before, 30.0 MB after, 10.0 MB growth");
  });

  it.each<[Partial<SoakResult>, string]>([
    [{ unhandledRejections: [new Error("lost")] }, "unhandled rejection: Error: lost"],
    [{ heapAfter: 30_100_000 }, "heap: expected at most 10.0 MB growth, measured 10.1 MB"],
    [{ vendors: { acme: { ...none, calls: 0 } } }, "acme: expected calls, counted none"],
    [
      { vendors: { acme: { ...none, expiredSeen: 7 } } },
      "acme: expected 0 expired tokens seen by callers, counted 7",
    ],
    [{ vendors: { acme: { ...none, expiredSent: 7 } } }, "acme: expected 0 expired tokens sent, counted 7"],
  ])("says what is wrong: %#", (wrong, sentence) => {
    expect(soakProblems({ ...good, ...wrong })).toEqual([sentence]);
  });
});

it("soaks every vendor of the sandbox", async () => {
  const { createSandbox } = await import("@org/auth-sandbox");
  expect([...VENDOR_NAMES].sort()).toEqual(Object.keys((await createSandbox()).vendors).sort());
});
