import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { acme } from "@org/acme-spec";
import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { RULES } from "./problem.ts";
import { readTokenOperations } from "./read-token-operations.ts";

const SPECS = join(import.meta.dirname, "../../../specs");
const vendors = readdirSync(SPECS).map((vendor) => {
  const document = parse(readFileSync(join(SPECS, vendor, "openapi.yaml"), "utf8"));
  return { vendor, document, places: placesIn(document) };
});

/** Words that a reader looks for, in places where they may not belong. */
const WORDS = [
  "$ref",
  "oneOf",
  "allOf",
  "properties",
  "x-token-grant",
  "x-credential",
  "__proto__",
  "constructor",
  "toString",
];
const word = fc.constantFrom(...WORDS);
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(
    "#/components/schemas/A",
    "#/paths",
    "#/",
    "$response.body#/",
    "$response.body#/a~2",
    "{baseUrl}",
    "https://",
  ),
  fc.dictionary(word, fc.oneof(fc.jsonValue(), word)),
);

/** Throws nothing, ends, and says of each problem what it should. */
function check(document: unknown): void {
  const { problems } = readTokenOperations(document);
  for (const { rule, pointer, expected, found } of problems) {
    expect(Object.keys(RULES)).toContain(rule);
    expect(pointer).toMatch(/^(\/|$)/);
    expect([typeof expected, typeof found]).toEqual(["string", "string"]);
  }
}

/** The keys that lead to each node of a document. */
function placesIn(node: unknown, keys: readonly string[] = []): (readonly string[])[] {
  const children = typeof node === "object" && node !== null ? Object.entries(node) : [];
  return [keys, ...children.flatMap(([key, child]) => placesIn(child, [...keys, key]))];
}

/** A copy in which the node at the keys is another, or gone. */
function changed(
  node: unknown,
  [key, ...rest]: readonly string[],
  to: { value: unknown } | undefined,
): unknown {
  if (key === undefined) return to?.value;
  const entries = Object.entries(node as object).flatMap(([name, child]) => {
    if (name !== key) return [[name, child] as const];
    return rest.length === 0 && !to ? [] : [[name, changed(child, rest, to)] as const];
  });
  return Array.isArray(node) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}

it("reads any JSON document without an error", () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 8 }), check), { numRuns: 300 });
  const openApi = fc.record({
    openapi: fc.constant("3.1.1"),
    paths: value,
    servers: value,
    components: value,
    security: value,
  });
  fc.assert(fc.property(openApi, check), { numRuns: 300 });
});

it("reads a small specification with any two nodes replaced without an error", () => {
  const document = acme();
  const place = fc.constantFrom(...placesIn(document));
  fc.assert(
    fc.property(place, place, value, value, (first, second, a, b) => {
      const once = changed(document, first, { value: a });
      const isThere = placesIn(once).some((keys) => keys.join("/") === second.join("/"));
      check(isThere ? changed(once, second, { value: b }) : once);
    }),
    { numRuns: 1_000 },
  );
});

it("reads each specification of a vendor without any one node, or with another in its place, without an error", () => {
  // A failure names the vendor instead of printing its specification.
  const index = fc.nat({ max: vendors.length - 1 });
  const mutation = index.chain((at) => {
    const keys = fc.constantFrom(...(vendors[at]?.places ?? []));
    return fc.tuple(
      fc.constant(vendors[at]?.vendor),
      keys,
      fc.option(fc.record({ value }), { nil: undefined }),
    );
  });
  const documentOf = (name: unknown) => vendors.find(({ vendor }) => vendor === name)?.document;
  fc.assert(
    fc.property(mutation, ([vendor, keys, to]) => check(changed(documentOf(vendor), keys, to))),
    { numRuns: 500 },
  );
});
