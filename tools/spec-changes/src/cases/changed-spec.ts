import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pointerKeys } from "@org/auth-spec";
import { parse } from "yaml";

/**
 * A change of a specification: what stands at a JSON pointer from now on. `undefined` removes it, and `{ $move }` takes it from
 * another pointer.
 */
export type Change = readonly [pointer: string, value: unknown];

type Container = Record<string, unknown> | unknown[];

/** The specification that labelled changes start from, with some changes. */
export function acme(...changes: readonly Change[]): Record<string, unknown> {
  const document = parse(readFileSync(join(import.meta.dirname, "acme.yaml"), "utf8"));
  for (const [pointer, value] of changes) put(document, pointer, value);
  return document;
}

function put(document: Container, pointer: string, value: unknown): void {
  if (isMove(value)) {
    const moved = at(document, pointerKeys(value.$move.slice(1)));
    remove(document, value.$move);
    put(document, pointer, moved);
  } else if (value === undefined) remove(document, pointer);
  else {
    const [parent, key] = holder(document, pointer);
    (parent as Record<string, unknown>)[key] = value;
  }
}

function remove(document: Container, pointer: string): void {
  const [parent, key] = holder(document, pointer);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function holder(document: Container, pointer: string): [parent: Container, key: string] {
  const keys = pointerKeys(pointer.slice(1));
  return [at(document, keys.slice(0, -1)) as Container, keys.at(-1) ?? ""];
}

function at(document: unknown, keys: readonly string[]): unknown {
  return keys.reduce((value, key) => {
    const found = (value as Record<string, unknown>)[key];
    if (found === undefined) throw new Error(`no ${key} on the way of ${keys.join("/")}`);
    return found;
  }, document);
}

function isMove(value: unknown): value is { $move: string } {
  return typeof value === "object" && value !== null && "$move" in value;
}
