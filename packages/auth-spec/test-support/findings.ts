import { acme, type Change } from "@org/acme-spec";
import { expect, it } from "vitest";
import type { Rule } from "../src/problem.ts";
import { readTokenOperations } from "../src/read-token-operations.ts";

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
