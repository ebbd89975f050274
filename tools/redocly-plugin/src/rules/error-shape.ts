import { children, isNode, step } from "@org/generate/spec";
import { ERROR_MEMBERS } from "@org/generate/token-answer";
import { alternativesOf, tokenAnswers } from "../operations.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

const MEMBERS = Object.keys(ERROR_MEMBERS);

/** `x-token-error` stands on a refusal and maps members of an error, or is a list of such mappings. */
export const errorShape: Rule = rule((spec) =>
  tokenAnswers(spec).flatMap(([status, answer]): Finding[] => {
    const { pointer, value } = step(answer, "x-token-error");
    if (value === undefined) return [];
    if (!/^([1345](\d\d|XX)|default)$/.test(status)) {
      return [
        {
          pointer,
          message: `x-token-error belongs on a refusal such as 401, 4XX or default, not on ${status}.`,
        },
      ];
    }
    const alternatives = alternativesOf(answer);
    if (alternatives.length === 0) return [{ pointer, message: "x-token-error must not be an empty list." }];
    return alternatives.flatMap((alternative): Finding[] => {
      const at = (pointer: string, message: string) => [{ pointer, message }];
      if (!isNode(alternative.value) || children(alternative).length === 0) {
        return at(alternative.pointer, `x-token-error must map one or more of ${MEMBERS.join(", ")}.`);
      }
      return children(alternative).flatMap(([name, member]) => {
        if (!MEMBERS.includes(name))
          return at(member.pointer, `x-token-error has no ${name}; it has ${MEMBERS.join(", ")}.`);
        if (typeof member.value === "string" || Number.isFinite(member.value)) return [];
        return at(
          member.pointer,
          `${name} must be a constant, or a runtime expression such as "$response.body#/${name}".`,
        );
      });
    });
  }),
);
