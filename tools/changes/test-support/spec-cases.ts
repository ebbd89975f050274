import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pointerKeys } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";
import { parse, parseDocument } from "yaml";
import type { Bump, Gate } from "../src/reason.ts";

/** The new values at JSON pointers of a specification. `null` removes what is there, `{ $move }` takes it from another pointer. */
export type Changes = Readonly<Record<string, unknown>>;

/** One labelled change of a specification. */
export interface SpecCase {
  readonly name: string;
  /** What a user of the package deserves to be told. */
  readonly deserved: Bump;
  /** What it is rated, which may be more, but never less. */
  readonly rated: Bump;
  /** The gates that rate it so. */
  readonly caughtBy: readonly Gate[];
  readonly changes: Changes;
}

type Listed = Pick<SpecCase, "name" | "caughtBy" | "changes"> & Partial<SpecCase>;
const listed: Readonly<Record<"major" | "minor" | "patch", Listed[]>> = parse(read("spec-cases.yaml"));

/** All labelled changes. */
export const SPEC_CASES: readonly SpecCase[] = (["major", "minor", "patch"] as const).flatMap((deserved) =>
  listed[deserved].map((one) => ({ deserved, rated: deserved, ...one })),
);

/** The specification that labelled changes start from, with some changes. */
export function acme(changes: Changes = {}): Spec {
  const document = parseDocument(read("acme.yaml"));
  const remove = (pointer: string) => {
    const keys = pointerKeys(pointer.slice(1));
    const removed = document.getIn(keys, true);
    if (!document.deleteIn(keys)) throw new Error(`expected something at ${pointer}, found nothing`);
    return removed;
  };
  for (const [pointer, value] of Object.entries(changes)) {
    if (value === null) remove(pointer);
    else {
      const node = isMove(value) ? remove(value.$move) : document.createNode(value);
      document.setIn(pointerKeys(pointer.slice(1)), node);
    }
  }
  return { vendor: "acme", file: "specs/acme/openapi.yaml", document: document.toJS() };
}

function isMove(value: unknown): value is { readonly $move: string } {
  return typeof value === "object" && value !== null && "$move" in value;
}

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, name), "utf8");
}
