import { expect, it } from "vitest";
import { vendorTable } from "./vendor-table.ts";

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
