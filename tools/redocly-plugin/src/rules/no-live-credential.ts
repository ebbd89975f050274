import { isNode, literalStep, type Place, root } from "@org/generate/spec";
import { liveCredentialIn } from "../live-credential.ts";
import { type Finding, type Rule, rule } from "../rule.ts";

/** Members that hold what would travel on the wire. */
const DATA = ["example", "examples", "default", "const", "enum"];

/** No example holds something that looks as if it worked. */
export const noLiveCredential: Rule = rule((spec) => inDescription(root(spec)));

function inDescription(place: Place): Finding[] {
  return members(place).flatMap(([key, member]) =>
    DATA.includes(key) ? inData(member) : inDescription(member),
  );
}

function inData(place: Place): Finding[] {
  if (typeof place.value !== "string") return members(place).flatMap(([, member]) => inData(member));
  const found = liveCredentialIn(place.value);
  if (found === undefined) return [];
  return [
    {
      pointer: place.pointer,
      message: `This looks like a live credential: ${found}. Use something obviously fake, such as "example-client-secret".`,
    },
  ];
}

function members({ spec, pointer, value }: Place): [key: string, member: Place][] {
  if (!isNode(value) && !Array.isArray(value)) return [];
  return Object.keys(value).map((key) => [key, literalStep({ spec, pointer, value }, key)]);
}
