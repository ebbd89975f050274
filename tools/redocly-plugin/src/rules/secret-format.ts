import { bodySchema } from "@org/generate/mapping";
import { SECRET } from "@org/generate/request-member";
import { readExpression } from "@org/generate/runtime-expression";
import { nodeAt, type Place, step } from "@org/generate/spec";
import { SpecProblem } from "@org/generate/spec-problem";
import { requestMembers, tokenAnswers } from "../operations.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

/** What must not be printed has `format: password`: secrets that are sent, and tokens that are answered. */
export const secretFormat: Rule = rule((spec) => {
  const sent = requestMembers(spec).flatMap(({ declaration, schema }) => {
    const name = nodeAt(declaration)["x-credential"];
    return typeof name === "string" && SECRET.test(name) ? check(schema, name) : [];
  });
  const answered = tokenAnswers(spec).flatMap(([, answer]) =>
    ["access_token", "refresh_token"].flatMap((name) =>
      targetsOf(answer, name).flatMap((target) => check(target, name)),
    ),
  );
  return [...sent, ...answered];
});

function check(schema: Place, name: string): Finding[] {
  const { format } = nodeAt(schema);
  if (format === "password") return [];
  return [
    {
      pointer: step(schema, "format").pointer,
      message: `${name} is a secret and must have format: password.`,
    },
  ];
}

function targetsOf(answer: Place, name: string): readonly Place[] {
  const place = step(step(answer, "x-token-response"), name);
  if (place.value === undefined) return [];
  try {
    const read = readExpression(place, bodySchema(answer));
    return read.kind === "body" ? read.targets : [];
  } catch (error) {
    // expression-resolves says what is wrong with it.
    if (error instanceof SpecProblem) return [];
    throw error;
  }
}
