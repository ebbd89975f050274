import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import pLimit from "p-limit";
import { beforeAll, describe, expect, test } from "vitest";
import { surfaceOfSpec } from "../test-support/generated-surface.ts";
import { acme, SPEC_CASES } from "../test-support/spec-cases.ts";
import { compareSpecs } from "./analyse.ts";
import { type Gate, greatest, isLess, type Reason } from "./reason.ts";
import { surfaceOfFolder } from "./surface.ts";
import { surfaceGate } from "./surface-gate.ts";

/** Each comparison starts a process. */
const limit = pLimit(2);
const GATES: readonly Gate[] = ["wire", "types", "mapping", "surface"];
let found: Map<string, Reason[]>;

beforeAll(async () => {
  found = await reasonsOfAll();
}, 300_000);

async function reasonsOfAll(): Promise<Map<string, Reason[]>> {
  const surface = await surfaceOfSpec(acme());
  const others = [surfaceOfFolder(join(REPOSITORY, "packages/auth-core"))];
  const reasons = SPEC_CASES.map(async ({ name, changes }): Promise<[string, Reason[]]> => {
    const compared = await limit(() => compareSpecs(acme(), acme(changes)));
    const exported = surfaceGate(surface, await surfaceOfSpec(acme(changes)), others);
    return [name, [...compared, ...exported]];
  });
  return new Map(await Promise.all(reasons));
}

function rated(name: string): { bump: string; gates: Gate[] } {
  const reasons = found.get(name) ?? [];
  const bump = greatest(reasons.map(({ bump }) => bump));
  return {
    bump,
    gates: GATES.filter((gate) => reasons.some((reason) => reason.gate === gate && reason.bump === bump)),
  };
}

for (const bump of ["major", "minor", "patch"] as const) {
  describe(`deserves ${bump}:`, () => {
    for (const { name, rated: bumped, caughtBy } of SPEC_CASES.filter(({ deserved }) => deserved === bump)) {
      test(`${name} (${caughtBy.join(", ")}${bumped === bump ? "" : `, rated ${bumped}`})`, () => {
        expect(rated(name)).toEqual({ bump: bumped, gates: caughtBy });
      });
    }
  });
}

describe("the table", () => {
  test("has 60 cases or more, each once", () => {
    expect(new Set(SPEC_CASES.map(({ name }) => name)).size).toBe(SPEC_CASES.length);
    expect(SPEC_CASES.length).toBeGreaterThanOrEqual(60);
  });

  test("rates none too low, and few too high", () => {
    expect(SPEC_CASES.filter(({ rated, deserved }) => isLess(rated, deserved))).toEqual([]);
    expect(SPEC_CASES.filter(({ rated, deserved }) => isLess(deserved, rated))).toHaveLength(2);
  });

  test("needs every gate: each catches what no other does", () => {
    const alone = (gate: Gate) => SPEC_CASES.filter(({ caughtBy }) => caughtBy.join() === gate).length;
    expect(Object.fromEntries(GATES.map((gate) => [gate, alone(gate)]))).toEqual({
      wire: 49,
      types: 4,
      mapping: 7,
      surface: 3,
    });
  });

  test("finds nothing if nothing changed", async () => {
    expect(await compareSpecs(acme(), acme())).toEqual([]);
  });
});

describe("words of what the extensions say", () => {
  const RESPONSES = "/paths/~1token/post/responses";
  const MAPPING = `${RESPONSES}/401/x-token-error`;
  const API_VERSION = "POST /token: the parameter `api-version`";
  test.each([
    [`${RESPONSES}/200/x-token-response/scope`, null, "The token's `scope` is no longer reported."],
    [`${MAPPING}/code`, null, "After a 401, the error's `vendorCode` is no longer reported."],
    [
      `${MAPPING}/reason`,
      "$response.body#/detail",
      "After a 401, the error's `vendorReason` is now reported.",
    ],
    [
      MAPPING,
      [
        { code: "$response.body#/code", message: "$response.body#/detail" },
        { message: "$response.body#/code" },
      ],
      'After a 401, the error\'s `vendorMessage` is read from `"$response.body#/detail"` instead of `"$response.body#/message"`.',
    ],
    [
      "/paths/~1token/post/parameters/1/schema/default",
      "2026",
      `${API_VERSION}: callers who leave it out now send \`"2026"\` instead of \`"2025"\`.`,
    ],
    [
      "/components/schemas/TokenRequest/properties/scope/default",
      "all",
      'POST /token: the request body, `scope`: callers who leave it out now send `"all"` instead of nothing.',
    ],
    [
      "/paths/~1token/post/parameters/1/x-credential",
      "release",
      `${API_VERSION}: \`x-credential\` changed from \`"apiVersion"\` to \`"release"\`.`,
    ],
  ])("%s: %j", async (pointer, value, text) => {
    const reasons = await compareSpecs(acme(), acme({ [pointer]: value }));
    expect(reasons).toContainEqual(expect.objectContaining({ gate: "mapping", text }));
    expect(reasons.filter((reason) => reason.text === text)).toHaveLength(1);
  });
});
