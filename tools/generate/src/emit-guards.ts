import { type Finder, type Holder, holdersOf, type Readings } from "./readings.ts";
import { access, banner, docComment, pascalCase, quoted, type SourceFile } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** Functions that say whether an answer holds the members that are read. */
export function emitGuards({ spec, path, method }: TokenOperation, readings: Readings): SourceFile {
  const holders = holdersOf(readings);
  const finders = [...new Set(holders.flatMap(({ finder }) => finder ?? []))];
  const bodies = new Set(
    holders.filter((holder) => !isText(holder)).map(({ statuses }) => statuses[0] ?? ""),
  );
  const schemas = [...(holders.some(isText) ? ["components"] : []), ...(bodies.size > 0 ? ["paths"] : [])];
  const text = [
    `import type { ${schemas.join(", ")} } from "./schema.ts";\n`,
    bodies.size > 0 ? `\ntype Answers = paths[${quoted(path)}][${quoted(method)}]["responses"];\n` : "",
    ...[...bodies].map(emitBody),
    WITH,
    ...holders.map(emitHolder),
    ...finders.map(emitFinder),
    IS_OBJECT,
    holders.some(({ members }) => !members.has("access_token")) ? HAS_ANY : "",
    finders.some(({ steps }) => steps.length > 0) ? MEMBER_OF : "",
    finders.some(({ json, steps }) => json || steps.some((step) => step.json)) ? DECODED : "",
  ].join("");
  return { name: "guards.ts", text: `${banner(spec)}\n${text}` };
}

// The bound makes the compiler refuse a member that no alternative has; reading it from `never` would pass.
const WITH = `
/** The members that any object among the alternatives of \`T\` has. */
type KeyIn<T> = T extends object ? keyof T : never;

/** Those alternatives of \`T\` that are objects with a member \`K\`. */
type With<T, K extends KeyIn<T>> = T extends object ? (K extends keyof T ? T : never) : never;
`;

const IS_OBJECT = `
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
`;

const HAS_ANY = `
function hasAny(value: unknown, ...names: string[]): boolean {
  return isObject(value) && names.some((name) => value[name] !== undefined && value[name] !== null);
}
`;

const MEMBER_OF = `
function memberOf(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}
`;

const DECODED = `
/** The specification allows JSON text here. */
function decoded(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
`;

/** Whether JSON text is all there is on the way to an object. */
function isText({ steps }: Holder): boolean {
  return steps.some(({ components }) => components.length > 0);
}

function emitBody(status: string): string {
  const key = /^\d+$/.test(status) ? status : quoted(status);
  return `type ${bodyType(status)} = Answers[${key}]["content"]["application/json"];\n`;
}

function emitHolder(holder: Holder): string {
  const { name, statuses, finder, members } = holder;
  const where = finder ? placeOf(finder) : "the body";
  const token = members.get("access_token")?.wire;
  const wires = [...members.values()].map(({ wire }) => quoted(wire));
  const [about, condition] =
    token === undefined
      ? ["Whether a value holds any member that is read.", `hasAny(value, ${wires.join(", ")})`]
      : [
          "Whether a value holds the token.",
          `isObject(value) && typeof ${access("value", token)} === "string"`,
        ];
  return [
    "\n",
    docComment(`What ${where} of an answer with status ${statuses.join(" or ")} holds.`),
    `export type ${name} = ${typeOf(holder)};\n\n`,
    docComment(about),
    `export function is${name}(value: unknown): value is ${name} {\n  return ${condition};\n}\n`,
  ].join("");
}

function emitFinder(finder: Finder): string {
  const { name, steps, json } = finder;
  const found = [...steps, { member: undefined, json }].reduce((value, step) => {
    const held = step.json ? `decoded(${value})` : value;
    return step.member === undefined ? held : `memberOf(${held}, ${quoted(step.member)})`;
  }, "body");
  return `\n${docComment(`Finds ${placeOf(finder)} in an answer.`)}export function ${name}(body: unknown): unknown {\n  return ${found};\n}\n`;
}

/** The type of an object, by the way to it, so that the compiler checks that way too. */
function typeOf({ statuses, steps }: Holder): string {
  const last = steps.length - 1;
  return steps.reduce((type, { member, components }, index) => {
    const texts = components.map((name) => `components["schemas"][${quoted(name)}]`);
    const holder = `With<${texts.join(" | ") || type}, ${quoted(member)}>`;
    return index === last ? holder : `${holder}[${quoted(member)}]`;
  }, bodyType(statuses[0]));
}

function bodyType(status = ""): string {
  return `Body${pascalCase(status)}`;
}

function placeOf({ steps }: Finder): string {
  if (steps.length === 0) return "the JSON text";
  return steps
    .map(({ member }) => `\`${member}\``)
    .reverse()
    .join(" in ");
}
