import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pointerKeys } from "@org/auth-spec";
import { parseDocument } from "yaml";

/**
 * What stands at JSON pointers of a specification from now on. `undefined` removes it, and `{ $move }` takes it from another
 * pointer.
 */
export type Changes = Readonly<Record<string, unknown>>;

/** The specification that labelled changes start from, with some changes. */
export function acme(changes: Changes = {}): Record<string, unknown> {
  const document = parseDocument(readFileSync(join(import.meta.dirname, "acme.yaml"), "utf8"));
  const remove = (pointer: string) => {
    const keys = pointerKeys(pointer.slice(1));
    const removed = document.getIn(keys, true);
    if (!document.deleteIn(keys)) throw new Error(`expected something at ${pointer}, found nothing`);
    return removed;
  };
  for (const [pointer, value] of Object.entries(changes)) {
    if (value === undefined) remove(pointer);
    else {
      const node = isMove(value) ? remove(value.$move) : document.createNode(value);
      document.setIn(pointerKeys(pointer.slice(1)), node);
    }
  }
  return document.toJS();
}

function isMove(value: unknown): value is { readonly $move: string } {
  return typeof value === "object" && value !== null && "$move" in value;
}
