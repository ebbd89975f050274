import { root, step } from "@org/generate/spec";
import { tokenOperations } from "../operations.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

/** Some operation issues tokens, and no two do for the same grant. */
export const operationPerGrant: Rule = rule((spec) => {
  const operations = tokenOperations(spec);
  if (operations.length === 0) {
    return [
      {
        pointer: step(root(spec), "paths").pointer,
        message: "No operation has x-token-grant, so nothing issues tokens.",
      },
    ];
  }
  const first = new Map<unknown, string>();
  return operations.flatMap(({ operation }): Finding[] => {
    const { pointer, value } = step(operation, "x-token-grant");
    return [...new Set([value].flat())].flatMap((grant) => {
      const earlier = first.get(grant);
      first.set(grant, earlier ?? operation.pointer);
      return earlier === undefined
        ? []
        : [{ pointer, message: `The grant ${grant} has an operation already, at #${earlier}.` }];
    });
  });
});
