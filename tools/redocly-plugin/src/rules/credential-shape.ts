import { readCredentialName } from "@org/generate/request-member";
import { nodeAt, step } from "@org/generate/spec";
import { requestMembers } from "../operations.ts";
import { type Finding, type Rule, refusal, rule } from "../rule.ts";

/** `x-credential` is a name in camelCase, and what it fills is any string. */
export const credentialShape: Rule = rule((spec) =>
  requestMembers(spec).flatMap(({ declaration, schema }): Finding[] => {
    const name = step(declaration, "x-credential");
    if (name.value === undefined) return [];
    const misnamed = refusal(() => readCredentialName(name));
    if (misnamed.length > 0) return misnamed;
    const { value } = name;
    const type = step(schema, "type");
    const mistyped = { pointer: type.pointer, message: `The credential ${value} must have type: string.` };
    const fixed = ["const", "enum"].filter((keyword) => keyword in nodeAt(schema));
    return [
      ...(type.value === "string" ? [] : [mistyped]),
      ...fixed.map((keyword) => ({
        pointer: step(schema, keyword).pointer,
        message: `The credential ${value} must be any string, so it has no ${keyword}.`,
      })),
    ];
  }),
);
