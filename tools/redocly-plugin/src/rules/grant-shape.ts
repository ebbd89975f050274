import { nodeAt, step, steps } from "@org/generate/spec";
import { bodyBranches, tokenOperations } from "../operations.ts";
import { type Rule, rule } from "../rule.ts";

/** `x-token-grant` is a grant, or several with one branch of the body for each. */
export const grantShape: Rule = rule((spec) =>
  tokenOperations(spec).flatMap(({ operation }) => {
    const { pointer, value } = step(operation, "x-token-grant");
    const names = [value].flat();
    if (names.length === 0 || !names.every(isGrant) || new Set(names).size < names.length) {
      return [
        {
          pointer,
          message: 'x-token-grant must be a grant such as "client_credentials", or a list of different ones.',
        },
      ];
    }
    if (names.length === 1) return [];
    const served = bodyBranches(operation).map(
      (branch) => nodeAt(steps(branch, "properties", "grant_type")).const,
    );
    return names
      .filter((name) => !served.includes(name))
      .map((name) => ({
        pointer,
        message: `No alternative of the body has a grant_type with const: ${name}.`,
      }));
  }),
);

function isGrant(name: unknown): boolean {
  return typeof name === "string" && /^[a-z][a-z0-9_:./-]*$/.test(name);
}
