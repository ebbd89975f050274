import { children, nodeAt, type Place, refuse, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** One member to step into; `json` where the value that holds it may be JSON text. */
export interface Step {
  readonly member: string;
  readonly json: boolean;
}

/** A runtime expression, resolved against the schema of the body it reads. */
export interface BodyExpression {
  readonly kind: "body";
  readonly steps: readonly Step[];
  /** Whether what it leads to is always there. */
  readonly required: boolean;
  /** The schemas that it may lead to. */
  readonly targets: readonly Place[];
}

/** A value that is the same in every answer. */
export interface Constant {
  readonly kind: "constant";
  readonly value: string | number;
}

const PREFIX = "$response.body#/";

/**
 * Reads an extension member: a constant, or a runtime expression that must lead somewhere in `schema`.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions OpenAPI, runtime expressions}
 */
export function readExpression(place: Place, schema: Place): BodyExpression | Constant {
  const { value } = place;
  if (typeof value === "number" || (typeof value === "string" && !value.startsWith("$"))) {
    return { kind: "constant", value };
  }
  if (typeof value !== "string" || !value.startsWith(PREFIX)) {
    refuse(place, `a constant or a runtime expression such as "${PREFIX}access_token"`);
  }
  const members = value
    .slice(PREFIX.length)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

  let reached: { readonly place: Place; readonly required: boolean }[] = branches(schema).map((branch) => ({
    place: branch,
    required: true,
  }));
  const path = members.map((member, index): Step => {
    const json = reached.some((found) => embeddedJson(found.place) !== undefined);
    const all = reached.flatMap((found) => branches(embeddedJson(found.place) ?? found.place));
    const holders = all.filter((branch) => member in nodeAt(step(branch, "properties")));
    if (holders.length === 0) {
      const names = [...new Set(all.flatMap((branch) => Object.keys(nodeAt(step(branch, "properties")))))];
      const holder = index === 0 ? "the body" : `"${members[index - 1]}"`;
      refuse(
        place,
        `a member of ${holder} that the schema has: ${names.join(", ") || "it has none"}`,
        shown(value),
      );
    }
    const required =
      reached.every((found) => found.required) &&
      all.every((branch) => [nodeAt(branch).required].flat().includes(member) && holders.includes(branch));
    reached = holders
      .flatMap((branch) => branches(steps(branch, "properties", member)))
      .map((found) => ({ place: found, required }));
    return { member, json };
  });
  return {
    kind: "body",
    steps: path,
    required: reached.every((found) => found.required),
    targets: reached.map((found) => found.place),
  };
}

/** The alternatives of a schema, however deep; a schema without alternatives is its own. */
export function branches(schema: Place): Place[] {
  const alternatives = ["oneOf", "anyOf"].flatMap((keyword) => children(step(schema, keyword)));
  return alternatives.length === 0 ? [schema] : alternatives.flatMap(([, branch]) => branches(branch));
}

/** The schema of the JSON inside a string, where a schema says that there is some. */
function embeddedJson(schema: Place): Place | undefined {
  if (nodeAt(schema).contentMediaType !== "application/json") return undefined;
  const content = step(schema, "contentSchema");
  return content.value === undefined ? undefined : content;
}
