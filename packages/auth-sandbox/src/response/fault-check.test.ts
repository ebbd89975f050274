import { describe, expect, it } from "vitest";
import { checkFault, createFaultQueue, type Fault, TOKEN_FAULTS } from "./faults.ts";

const choices = { bodies: TOKEN_FAULTS, exampleNames: ["flat", "nested"] };

describe("a fault is refused", () => {
  it.each<[string, unknown, string]>([
    ["that is not an object", 5, "expected an object of fault members, got 5"],
    ["that is null", null, "expected an object of fault members, got null"],
    [
      "with an unknown member",
      { staus: 503 },
      'unknown fault member "staus"; valid ones are "on", "times", "delay", "drop", "status", "retryAfter", "body", "example", "clockOffset", "omitExpiry"',
    ],
    ["with an inherited name", { toString: 1 }, 'unknown fault member "toString"'],
    [
      "for another place",
      { on: "login", drop: true },
      'fault member "on" must be one of "token", "resource", got "login"',
    ],
    ["for no times", { times: 0, drop: true }, 'fault member "times" must be a whole number from 1'],
    [
      "with a negative delay",
      { delay: -1 },
      'fault member "delay" must be a whole number from 0 to 2147483647, got -1',
    ],
    ["with a delay as text", { delay: "5" }, 'must be a whole number from 0 to 2147483647, got "5"'],
    ["with drop: false", { drop: false }, 'fault member "drop" must be true or left out, got false'],
    [
      "with a good status",
      { status: 200 },
      'fault member "status" must be a whole number from 400 to 599, got 200',
    ],
    [
      "with a line break in a header",
      { retryAfter: "1\r\nx: y" },
      'fault member "retryAfter" must be whole seconds',
    ],
    [
      "with an unknown body",
      { body: "xml" },
      'must be one of "truncated", "html", "empty", "no-token", "token-not-string", got "xml"',
    ],
    ["with a body that the vendor does not document", { body: "json-string" }, "must be one of"],
    [
      "with a token's body for the resource",
      { on: "resource", body: "no-token" },
      'must be one of "truncated", "html", "empty", got',
    ],
    ["with an unknown example", { example: "tall" }, 'must be one of "flat", "nested", got "tall"'],
    [
      "with an absurd clock",
      { clockOffset: Number.NaN },
      'fault member "clockOffset" must be a whole number',
    ],
    [
      "with a token's expiry for the resource",
      { on: "resource", omitExpiry: true },
      'unknown fault member "omitExpiry"',
    ],
    ["without any effect", { on: "token", times: 3 }, "a fault needs at least one of delay, drop, status"],
  ])("%s", (_, fault, message) => {
    expect(() => checkFault(fault, choices)).toThrow(TypeError);
    expect(() => checkFault(fault, choices)).toThrow(message);
  });

  it("not for members that are undefined", () => {
    expect(() => checkFault({ status: 500, times: undefined }, choices)).not.toThrow();
  });
});

describe("the queue of faults", () => {
  function queue(...faults: Fault[]) {
    const created = createFaultQueue();
    for (const fault of faults) created.add(fault);
    return created;
  }

  it("gives counted faults one a request, in order, then none", () => {
    const faults = queue({ status: 503, times: 2 }, { status: 429, times: 1 });
    expect([1, 2, 3, 4].map(() => faults.take("token").status)).toEqual([503, 503, 429, undefined]);
    expect(faults.list()).toEqual([]);
  });

  it("combines faults that stand with the counted one, which wins", () => {
    const faults = queue({ status: 500, clockOffset: 5 }, { delay: 1 }, { status: 429, times: 1 });
    expect(faults.take("token")).toMatchObject({ status: 429, clockOffset: 5, delay: 1 });
    expect(faults.take("token")).toEqual({ status: 500, clockOffset: 5, delay: 1 });
  });

  it("keeps the two places apart, and forgets everything when cleared", () => {
    const faults = queue({ on: "resource", drop: true });
    expect(faults.take("token")).toEqual({});
    expect(faults.take("resource")).toMatchObject({ drop: true });
    faults.clear();
    expect(faults.take("resource")).toEqual({});
  });

  it("keeps its own copy of a fault", () => {
    const fault = { status: 500 };
    const faults = queue(fault);
    fault.status = 200;
    expect(faults.take("token").status).toBe(500);
  });
});
