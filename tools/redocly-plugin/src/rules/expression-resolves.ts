import { bodySchema, type Mapping, type MemberTypes, readMapping } from "@org/generate/mapping";
import { children, nodeAt, type Place, pointerKeys, root, step, steps } from "@org/generate/spec";
import { ERROR_MEMBERS, RESPONSE_MEMBERS } from "@org/generate/token-answer";
import { alternativesOf, tokenAnswers } from "../operations.ts";
import { type Finding, type Rule, refusal, rule } from "../rule.ts";

/** RFC 6749 leaves these out where they say nothing new. */
const MAY_BE_ABSENT = ["scope", "refresh_token"];

/** A runtime expression leads to a member that the body has, of a type that its use allows, and that is always there. */
export const expressionResolves: Rule = rule((spec) =>
  tokenAnswers(spec).flatMap(([, answer]): Finding[] => {
    const response = step(answer, "x-token-response");
    const mappings = [response, ...alternativesOf(answer)].filter((place) => expressionsIn(place).length > 0);
    if (mappings.length === 0) return [];
    const unreadable = refusal(() => bodySchema(answer));
    if (unreadable.length > 0) return unreadable;
    const schema = bodySchema(answer);
    return mappings.flatMap((place) =>
      place === response ? inResponse(place, schema) : inError(place, schema),
    );
  }),
);

function inResponse(place: Place, schema: Place): Finding[] {
  return readEach(place, schema, RESPONSE_MEMBERS, (name, read) => {
    if (MAY_BE_ABSENT.includes(name) || read.kind === "constant" || read.required) return [];
    // A constant beside the moment is what an answer without one means.
    if (name === "expires_at" && typeof nodeAt(place).expires_in === "number") return [];
    const { pointer, value } = step(place, name);
    return [
      {
        pointer,
        message: `${name} must always be there, but ${value} leads through a member that is not required.`,
      },
    ];
  });
}

function inError(place: Place, schema: Place): Finding[] {
  let certain = false;
  const findings = readEach(place, schema, ERROR_MEMBERS, (_, read) => {
    if (read.kind === "constant" || isRequiredWhereItIs(read, place)) certain = true;
    return [];
  });
  if (findings.length > 0 || certain) return findings;
  return [
    {
      pointer: place.pointer,
      message: "One or more of the mapped members must be required, or an error may say nothing.",
    },
  ];
}

type Read = Mapping[string];

function isRequiredWhereItIs(read: Extract<Read, { kind: "body" }>, { spec }: Place): boolean {
  const member = read.steps.at(-1)?.member;
  return read.holders.every((pointer) => {
    const holder = steps(root(spec), ...(pointer === "" ? [] : pointerKeys(pointer.slice(1))));
    return [nodeAt(holder).required].flat().includes(member);
  });
}

/** Reads one member at a time, so that one that is refused does not hide the others. */
function readEach(
  place: Place,
  schema: Place,
  members: MemberTypes,
  judge: (name: string, read: Read) => Finding[],
): Finding[] {
  return expressionsIn(place).flatMap((name) => {
    if (!Object.hasOwn(members, name)) return [];
    const alone = { ...place, value: { [name]: nodeAt(place)[name] } };
    let judged: Finding[] = [];
    const refused = refusal(() => {
      const read = readMapping(alone, schema, members)[name];
      if (read) judged = judge(name, read);
    });
    return [...refused, ...judged];
  });
}

function expressionsIn(place: Place): string[] {
  return children(place)
    .filter(([, { value }]) => typeof value === "string" && value.startsWith("$"))
    .map(([name]) => name);
}
