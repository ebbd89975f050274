import { checkDocument } from "@org/generate/check-document";
import { type Rule, refusal, rule } from "../rule.ts";

/** An extension is spelt as one that exists and stands where it is read, and references lead somewhere in the file. */
export const extensionPlace: Rule = rule((spec) => refusal(() => checkDocument(spec)));
