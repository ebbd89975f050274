import { readBasicAuthentication } from "@org/generate/basic-authentication";
import { tokenOperations } from "../operations.ts";
import { type Rule, refusal, rule } from "../rule.ts";

/** A token request carries no token: it is anonymous, or the client authenticates by HTTP Basic with two named credentials. */
export const operationSecurity: Rule = rule((spec) =>
  tokenOperations(spec).flatMap(({ operation }) => refusal(() => readBasicAuthentication(operation))),
);
