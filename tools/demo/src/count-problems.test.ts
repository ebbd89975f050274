import { describe, expect, it } from "vitest";
import { countProblems } from "./count-problems.ts";

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
