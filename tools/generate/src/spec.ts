import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { SpecProblem, shown } from "./spec-problem.ts";

/** Any JSON object of a specification. */
export type Node = Readonly<Record<string, unknown>>;

/** A specification and the vendor it describes. */
export interface Spec {
  readonly vendor: string;
  /** Path of the file from the root of the repository, for messages and banners. */
  readonly file: string;
  readonly document: Node;
}

/** A place in a specification: what is there, and the JSON pointer that led to it. */
export interface Place {
  readonly spec: Spec;
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * Reads and parses a specification.
 *
 * @throws {SpecProblem} for a file that cannot be read, is no YAML or holds no object.
 */
export function loadSpec(vendor: string, file: string, path: string): Spec {
  let document: unknown;
  try {
    document = parse(readFileSync(path, "utf8"));
  } catch (error) {
    const [problem = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new SpecProblem(file, "", "a readable YAML file", problem.replace(path, file));
  }
  if (!isNode(document)) throw new SpecProblem(file, "", "an OpenAPI description", shown(document));
  return { vendor, file, document };
}

/** Whether a value is a JSON object. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a place; an absent one is empty. */
export function nodeAt(place: Place): Node {
  return isNode(place.value) ? place.value : {};
}

/** The whole document. */
export function root(spec: Spec): Place {
  return { spec, pointer: "", value: spec.document };
}

/** A step into an object or array, following a reference where it leads to one. */
export function step(place: Place, key: string): Place {
  return follow(literalStep(place, key));
}

/** A step into an object or array that stays at a reference. */
export function literalStep({ spec, pointer, value }: Place, key: string): Place {
  return { spec, pointer: `${pointer}/${escaped(key)}`, value: memberOf(value, key) };
}

/** Several steps. */
export function steps(place: Place, ...keys: string[]): Place {
  return keys.reduce((at: Place, key: string) => step(at, key), place);
}

/** The members of an object or array as places. */
export function children(place: Place): (readonly [key: string, child: Place])[] {
  const keys = typeof place.value === "object" && place.value !== null ? Object.keys(place.value) : [];
  return keys.map((key) => [key, step(place, key)]);
}

/** Stops: what a specification says at a place cannot be honoured. */
export function refuse(place: Place, expected: string, found: string = shown(place.value)): never {
  throw new SpecProblem(place.spec.file, place.pointer, expected, found);
}

/** What a reference leads to, overlaid with what stands beside it; any other place is its own. */
export function follow(place: Place, passed: readonly unknown[] = []): Place {
  const { $ref: reference, ...beside } = nodeAt(place);
  if (reference === undefined) return place;
  if (typeof reference !== "string" || !reference.startsWith("#/")) {
    refuse(place, 'a reference within the file, such as "#/components/schemas/Token"', shown(reference));
  }
  const value = pointerKeys(reference.slice(2)).reduce<unknown>(memberOf, place.spec.document);
  if (value === undefined || passed.includes(reference)) {
    refuse(place, "a reference to something that exists", shown(reference));
  }
  const literal = { spec: place.spec, pointer: reference.slice(1), value };
  const target = follow(literal, [...passed, reference]);
  if (Object.keys(beside).length === 0) return target;
  return { ...place, value: { ...nodeAt(target), ...beside } };
}

/** The keys of a JSON pointer without its leading slash. */
export function pointerKeys(pointer: string): string[] {
  return pointer.split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** An own member: a specification may well say `constructor`. */
function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Node)[key];
}
