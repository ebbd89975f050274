import { children, nodeAt, step } from "@org/generate/spec";
import { RESPONSE_MEMBERS } from "@org/generate/token-answer";
import { tokenAnswers, tokenOperations } from "../operations.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

const MEMBERS = Object.keys(RESPONSE_MEMBERS);
/** Members that are another in every answer. */
const NEVER_CONSTANT = ["access_token", "refresh_token", "expires_at"];

/** `x-token-response` stands on one success of each token operation and maps members of a token. */
export const responseShape: Rule = rule((spec) => [
  ...tokenOperations(spec).flatMap(({ operation }): Finding[] => {
    const responses = step(operation, "responses");
    const count = children(responses).filter(([, answer]) => "x-token-response" in nodeAt(answer)).length;
    if (count === 1) return [];
    const message = `Exactly one response must have x-token-response; ${count} have.`;
    return [{ pointer: responses.pointer, message }];
  }),
  ...tokenAnswers(spec).flatMap(([status, answer]): Finding[] => {
    const mapping = step(answer, "x-token-response");
    const { pointer, value } = mapping;
    if (value === undefined) return [];
    if (!/^2(\d\d|XX)$/.test(status)) {
      return [{ pointer, message: `x-token-response belongs on a success such as 200, not on ${status}.` }];
    }
    if (nodeAt(mapping).access_token === undefined) {
      return [{ pointer, message: "x-token-response must say where the access_token is." }];
    }
    return children(mapping).flatMap(([name, member]): Finding[] => {
      const at = (message: string) => [{ pointer: member.pointer, message }];
      if (!MEMBERS.includes(name))
        return at(`x-token-response has no ${name}; it has ${MEMBERS.join(", ")}.`);
      if (typeof member.value === "string" && member.value.startsWith("$")) return [];
      if (NEVER_CONSTANT.includes(name))
        return at(`${name} must be a runtime expression such as "$response.body#/${name}".`);
      if (name !== "expires_in") {
        return typeof member.value === "string"
          ? []
          : at(`${name} must be a string or a runtime expression.`);
      }
      if (Number.isFinite(member.value) && Number(member.value) > 0) return [];
      return at("expires_in must be a runtime expression, or a lifetime in seconds such as 3600.");
    });
  }),
]);
