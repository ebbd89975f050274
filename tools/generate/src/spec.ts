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

/** Reads and parses a specification. */
export function loadSpec(vendor: string, file: string, path: string): Spec {
  const document: unknown = parse(readFileSync(path, "utf8"));
  if (!isNode(document)) throw new SpecProblem(file, "", "an OpenAPI description", shown(document));
  return { vendor, file, document };
}

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
  const { value, pointer, spec } = place;
  const child = Array.isArray(value) ? value[Number(key)] : isNode(value) ? value[key] : undefined;
  return followed({
    spec,
    pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    value: child,
  });
}

/** Several steps. */
export function steps(place: Place, ...keys: string[]): Place {
  return keys.reduce((at: Place, key: string) => step(at, key), place);
}

/** The members of an object or array as places. */
export function children(place: Place): (readonly [key: string, child: Place])[] {
  const keys = isNode(place.value) || Array.isArray(place.value) ? Object.keys(place.value) : [];
  return keys.map((key) => [key, step(place, key)]);
}

/** Stops: what a specification says at a place cannot be honoured. */
export function refuse(place: Place, expected: string, found: string = shown(place.value)): never {
  throw new SpecProblem(place.spec.file, place.pointer, expected, found);
}

function followed(place: Place): Place {
  const reference = nodeAt(place).$ref;
  if (reference === undefined) return place;
  if (typeof reference !== "string" || !reference.startsWith("#/")) {
    refuse(place, 'a reference within the file, such as "#/components/schemas/Token"');
  }
  const keys = reference.slice(2).split("/");
  const target = keys.reduce<unknown>((value, key) => {
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    return isNode(value) ? value[name] : undefined;
  }, place.spec.document);
  if (target === undefined) refuse(place, "a reference to something that exists", shown(reference));
  return followed({ spec: place.spec, pointer: reference.slice(1), value: target });
}
