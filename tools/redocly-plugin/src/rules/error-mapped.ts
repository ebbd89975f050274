import { children, nodeAt, step } from "@org/generate/spec";
import { tokenAnswers } from "../operations.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

/** A refusal with a documented body has an `x-token-error`, or an `x-unmapped-error` that says why not. */
export const errorMapped: Rule = rule((spec) =>
  tokenAnswers(spec).flatMap(([status, answer]): Finding[] => {
    if (!/^([45](\d\d|XX)|default)$/.test(status)) return [];
    const { "x-token-error": mapping, "x-unmapped-error": why } = nodeAt(answer);
    const at = (pointer: string, message: string) => [{ pointer, message }];
    const { pointer } = step(answer, "x-unmapped-error");
    if (why !== undefined && mapping !== undefined) {
      return at(pointer, "x-unmapped-error says why there is no x-token-error, but there is one.");
    }
    if (why !== undefined) {
      return typeof why === "string" && why.trim() !== ""
        ? []
        : at(pointer, "x-unmapped-error must be a sentence that says why.");
    }
    if (mapping !== undefined || children(step(answer, "content")).length === 0) return [];
    return at(
      answer.pointer,
      `The body of ${status} is documented: map it with x-token-error, or say why not with x-unmapped-error.`,
    );
  }),
);
