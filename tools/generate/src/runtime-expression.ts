import { children, literalStep, nodeAt, type Place, pointerKeys, refuse, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** One member to step into. */
export interface Step {
  readonly member: string;
  /** Whether the value that holds it may be JSON text. */
  readonly json: boolean;
  /** The component schemas of what holds it, where it is nothing but JSON text, whose type says no more than `string`. */
  readonly components: readonly string[];
}

/** A runtime expression, resolved against the schema of the body it reads. */
export interface BodyExpression {
  readonly kind: "body";
  readonly steps: readonly Step[];
  /** Whether what it leads to is always there. */
  readonly required: boolean;
  /** The schemas that it may lead to. */
  readonly targets: readonly Place[];
  /** Pointers of the object schemas that have its last member. */
  readonly holders: readonly string[];
}

/** A value that is the same in every answer. */
export interface Constant {
  readonly kind: "constant";
  readonly value: string | number;
}

/** A schema that an expression may have reached. */
interface Reached {
  readonly place: Place;
  /** Whether everything on the way to it is always there. */
  readonly required: boolean;
}

const PREFIX = "$response.body#/";

/**
 * Reads an extension member: a constant, or a runtime expression that must lead somewhere in `schema`.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions OpenAPI, runtime expressions}
 */
export function readExpression(place: Place, schema: Place): BodyExpression | Constant {
  const { value } = place;
  if (Number.isFinite(value) || (typeof value === "string" && !value.startsWith("$"))) {
    return { kind: "constant", value: value as string | number };
  }
  if (typeof value !== "string" || !value.startsWith(PREFIX)) {
    refuse(place, `a constant or a runtime expression such as "${PREFIX}access_token"`);
  }
  let reached: readonly Reached[] = branches(schema).map((branch) => ({ place: branch, required: true }));
  let holders: readonly Place[] = [];
  const path = pointerKeys(value.slice(PREFIX.length)).map((member, index, all): Step => {
    const objects = reached.flatMap((found) => objectsAt(found.place));
    holders = objects.filter((object) => has(object, member));
    if (holders.length === 0) {
      const names = [
        ...new Set(objects.flatMap((object) => Object.keys(nodeAt(step(object, "properties"))))),
      ];
      const holder = index === 0 ? "the body" : `"${all[index - 1]}"`;
      const known = names.join(", ") || "it has none";
      refuse(place, `a member of ${holder} that the schema has: ${known}`, shown(value));
    }
    const read = { member, ...textIn(reached, member) };
    const required =
      reached.every((found) => found.required) &&
      objects.every((object) => has(object, member) && [nodeAt(object).required].flat().includes(member));
    reached = holders
      .flatMap((object) => branches(steps(object, "properties", member)))
      .map((found) => ({ place: found, required }));
    return read;
  });
  return {
    kind: "body",
    steps: path,
    required: reached.every((found) => found.required),
    targets: reached.map((found) => found.place),
    holders: holders.map((object) => object.pointer),
  };
}

/** The alternatives of a schema, however deep; a schema without alternatives is its own. */
export function branches(schema: Place, passed: readonly string[] = []): Place[] {
  if (passed.includes(schema.pointer)) return [];
  const alternatives = ["oneOf", "anyOf"].flatMap((keyword) => children(step(schema, keyword)));
  if (alternatives.length === 0) return [schema];
  return alternatives.flatMap(([, branch]) => branches(branch, [...passed, schema.pointer]));
}

function has(object: Place, member: string): boolean {
  return Object.hasOwn(nodeAt(step(object, "properties")), member);
}

/** The object schemas that a schema stands for: its own alternatives, or those of the JSON in its text. */
function objectsAt(schema: Place): Place[] {
  return branches(embeddedJson(schema) ?? schema);
}

/** The schema of the JSON inside a string, where a schema says that there is some. */
function embeddedJson(schema: Place): Place | undefined {
  if (nodeAt(schema).contentMediaType !== "application/json") return undefined;
  const content = step(schema, "contentSchema");
  return content.value === undefined ? undefined : content;
}

function textIn(reached: readonly Reached[], member: string): Pick<Step, "json" | "components"> {
  const texts = reached.map(({ place }) => place).filter((schema) => embeddedJson(schema) !== undefined);
  const holds = (schema: Place) => objectsAt(schema).some((object) => has(object, member));
  const plain = reached.some(({ place }) => !texts.includes(place) && holds(place));
  return { json: texts.length > 0, components: plain ? [] : texts.filter(holds).map(componentIn) };
}

function componentIn(text: Place): string {
  const content = literalStep(text, "contentSchema");
  const [, name] = /^#\/components\/schemas\/([^/~]+)$/.exec(String(nodeAt(content).$ref)) ?? [];
  return name ?? refuse(content, 'a reference such as "#/components/schemas/Token", since that has a type');
}
