import { liveCredentialIn } from "./live-credential.ts";
import { type Finding, type Rule, rule } from "./rule.ts";

/** Members that contain what would be sent or received. */
const DATA = ["example", "examples", "default", "const", "enum"];

/** No example contains anything that looks like a working credential. */
export const noLiveCredential: Rule = rule((document) => inDescription(document, ""));

function inDescription(value: unknown, pointer: string): Finding[] {
  return members(value, pointer).flatMap(([key, member, at]) =>
    DATA.includes(key) ? inData(member, at) : inDescription(member, at),
  );
}

function inData(value: unknown, pointer: string): Finding[] {
  if (typeof value !== "string")
    return members(value, pointer).flatMap(([, member, at]) => inData(member, at));
  const found = liveCredentialIn(value);
  const message = `This looks like a live credential: ${found}. Use something obviously fake, such as "example-client-secret".`;
  return found === undefined ? [] : [{ pointer, message }];
}

function members(value: unknown, pointer: string): [key: string, member: unknown, pointer: string][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([key, member]) => [
    key,
    member,
    `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
  ]);
}
