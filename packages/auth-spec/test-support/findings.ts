import { acme, type Change } from "@org/acme-spec";
import { expect, it } from "vitest";
import type { Rule } from "../src/problem.ts";
import { readTokenOperations } from "../src/read-token-operations.ts";
import type { TokenOperation } from "../src/token-operation.ts";

/** A problem as a row of a table. */
export type Finding = readonly [rule: Rule, pointer: string, expected: string, found: string];

/** Changes of the document that {@link acme} starts from, and all problems that they make. */
export type Case = readonly [name: string, changes: readonly Change[], ...findings: Finding[]];

/** What is found in a document. */
export function findings(document: unknown): Finding[] {
  const { problems } = readTokenOperations(document);
  return problems.map(({ rule, pointer, expected, found }): Finding => [rule, pointer, expected, found]);
}

/** A test for each case. */
export function findsIn(table: readonly Case[], before: readonly Change[] = []): void {
  for (const [name, changes, ...wanted] of table) {
    it(name, () => expect(findings(acme(...before, ...changes))).toEqual(wanted));
  }
}

/** What is expected of an extension that needs a body. */
export const JSON_CONTENT = "content of application/json with a schema, which the extension reads";

/** The finding for an expression that leads to a value of another type. */
export function typed(pointer: string, types: string, found: string): Finding {
  return ["expression-resolves", pointer, `a value of type ${types}`, found];
}

/** The only operation of a document with these changes, which has no problem. */
export function operationWith(...changes: Change[]): TokenOperation | undefined {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  expect(operations).toHaveLength(1);
  return operations[0];
}
