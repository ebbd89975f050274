import { createSandbox } from "@org/auth-sandbox";
import { seededRandom } from "@org/measure/random";
import { expect, it } from "vitest";
import { isFault, nextFault } from "./fault-plan.ts";

const plan = (seed: number, length: number) => {
  const random = seededRandom(seed);
  return Array.from({ length }, () => nextFault(random));
};

it("one token request in five meets a fault, each kind of fault among them", () => {
  const faults = plan(1, 10_000).filter(isFault);
  expect(faults.length).toBeGreaterThan(1900);
  expect(faults.length).toBeLessThan(2100);
  const kinds = new Set(
    faults.map(({ status, body, ...rest }) => status ?? body ?? Object.keys(rest).sort().join()),
  );
  expect([...kinds].map(String).sort()).toEqual([
    "429",
    "500",
    "503",
    "clockOffset,times",
    "delay,times",
    "drop,times",
    "empty",
    "html",
    "omitExpiry,times",
    "truncated",
  ]);
});

it("the same seed makes the same plan, another seed another one", () => {
  expect(plan(7, 200)).toEqual(plan(7, 200));
  expect(plan(8, 200)).not.toEqual(plan(7, 200));
});

it("the sandbox takes every fault of a plan for every vendor", async () => {
  const sandbox = await createSandbox();
  for (const vendor of Object.values(sandbox.vendors)) for (const fault of plan(3, 500)) vendor.fault(fault);
});
