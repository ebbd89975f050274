import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { acme } from "./acme-spec.ts";
import { children, follow, loadSpec, root, steps } from "./spec.ts";

describe("a file is refused that", () => {
  const table: [name: string, text: string | undefined, problem: string][] = [
    [
      "is not there",
      undefined,
      "expected: a readable YAML file\n  found:    ENOENT: no such file or directory, open 'specs/acme/openapi.yaml'",
    ],
    [
      "is no YAML",
      "a: [1",
      "expected: a readable YAML file\n  found:    Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 6:",
    ],
    ["is empty", "", "expected: an OpenAPI description\n  found:    null"],
    ["is a list", "- a", 'expected: an OpenAPI description\n  found:    ["a"]'],
  ];
  for (const [name, text, problem] of table) {
    test(name, () => {
      const path = join(temporaryFolder(), "openapi.yaml");
      if (text !== undefined) writeFileSync(path, text);
      const load = () => loadSpec("acme", "specs/acme/openapi.yaml", path);
      expect(load).toThrow(`specs/acme/openapi.yaml#\n  ${problem}`);
    });
  }
});

describe("a reference", () => {
  const spec = acme(
    ["/components/schemas", { Plain: { type: "string", title: "Plain" } }],
    ["/components/schemas/Chain", { $ref: "#/components/schemas/Plain" }],
    ["/components/schemas/Overlaid", { $ref: "#/components/schemas/Chain", title: "Overlaid" }],
  );
  const schemas = steps(root(spec), "components", "schemas");

  test("leads to its target, at the target's place", () => {
    expect(steps(schemas, "Chain")).toMatchObject({
      pointer: "/components/schemas/Plain",
      value: { type: "string", title: "Plain" },
    });
  });
  test("is overlaid with what stands beside it, at its own place", () => {
    expect(steps(schemas, "Overlaid")).toMatchObject({
      pointer: "/components/schemas/Overlaid",
      value: { type: "string", title: "Overlaid" },
    });
  });
  test("is followed among the members of an object", () => {
    const pointers = children(schemas).map(([key, { pointer }]) => [key, pointer.split("/").at(-1)]);
    expect(pointers).toEqual([
      ["Plain", "Plain"],
      ["Chain", "Plain"],
      ["Overlaid", "Overlaid"],
    ]);
  });
  test("may hold escaped characters", () => {
    const place = follow({ spec, pointer: "", value: { $ref: "#/paths/~1token" } });
    expect(place.pointer).toBe("/paths/~1token");
  });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "generate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
