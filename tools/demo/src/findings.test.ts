import { describe, expect, it } from "vitest";
import { countProblems, vendorTable } from "./findings.ts";

const facts = {
  name: "stonex",
  firstCall: 216.4,
  cachedCall: 0.2345,
  lifeLeft: "60 min",
  maskedToken: "eyJ…x4Q",
  tokenRequests: { atFirst: 1, afterRevocation: 2, afterExpiry: 3 },
};

it("shows a vendor in one line and each count of token requests apart, in 60 columns", () => {
  const lines = vendorTable([facts, { ...facts, name: "unnamed" }]);
  expect(lines.slice(0, 5)).toEqual([
    "vendor    first   cached  expires  token        token",
    "           call     call       in            requests",
    "-------  ------  -------  -------  -------  ---------",
    "stonex   216 ms  0.23 µs   60 min  eyJ…x4Q  1 + 2 + 3",
    "unnamed  216 ms  0.23 µs   60 min  eyJ…x4Q  1 + 2 + 3",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
});

const right = { atFirst: 1, afterRevocation: 1, afterExpiry: 1 };

describe("countProblems", () => {
  it("finds none where every occasion took one token request", () => {
    expect(countProblems([{ name: "acme", tokenRequests: right }])).toEqual([]);
  });

  it.each([
    [{ atFirst: 2 }, "for the calls that started without a token, the sandbox counted 2"],
    [{ afterRevocation: 100 }, "after the revocation, the sandbox counted 100"],
    [{ afterExpiry: 0 }, "after the expiry, the sandbox counted 0"],
  ])("names the vendor and the occasion for %j", (wrong, end) => {
    const facts = [
      { name: "right", tokenRequests: right },
      { name: "acme", tokenRequests: { ...right, ...wrong } },
    ];
    expect(countProblems(facts)).toEqual([`acme: expected 1 token request ${end}`]);
  });
});
