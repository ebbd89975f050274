import type { Step } from "./runtime-expression.ts";
import { access, banner, docComment, pascalCase, quoted, type SourceFile } from "./source-text.ts";
import type { Mapping } from "./token-answer.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The object in which members of a mapping are found, and how generated code gets hold of it. */
export interface Holder {
  /** Name of the type, and of the guard and function after `is` and `find`. */
  readonly name: string;
  readonly steps: readonly Step[];
  /** Whether the object may be given as JSON text. */
  readonly json: boolean;
  /** Extension member -> wire name. */
  readonly members: ReadonlyMap<string, string>;
}

/** Groups the members of a mapping by the object that holds them. */
export function holdersOf(status: string, mapping: Mapping): Holder[] {
  const found = new Map<string, Holder & { readonly members: Map<string, string> }>();
  for (const [name, expression] of Object.entries(mapping)) {
    if (expression.kind === "constant") continue;
    const steps = expression.steps.slice(0, -1);
    const last = expression.steps.at(-1);
    if (!last) continue;
    const key = JSON.stringify(steps.map((step) => step.member));
    const holder = found.get(key) ?? {
      name: `Answer${status}${steps.map((step) => pascalCase(step.member)).join("")}`,
      steps,
      json: last.json,
      members: new Map<string, string>(),
    };
    holder.members.set(name, last.member);
    found.set(key, holder);
  }
  return [...found.values()];
}

/** Functions that say whether an answer holds the members that are read. */
export function emitGuards(operation: TokenOperation): SourceFile {
  const { spec, path, method, response, errors } = operation;
  const answers = [
    { status: response.status, mappings: [response.mapping] },
    ...errors.map(({ status, mappings }) => ({ status, mappings })),
  ];
  const all = answers.flatMap(({ status, mappings }) =>
    mappings.flatMap((mapping) => holdersOf(status, mapping).map((holder) => ({ status, holder, mapping }))),
  );
  const unique = [...new Map(all.map((entry) => [entry.holder.name, entry])).values()];
  const usesJson = unique.some(({ holder }) => holder.json || holder.steps.some(({ json }) => json));
  const statuses = [...new Set(unique.map(({ status }) => status))];

  const text = [
    `import type { paths } from "./schema.ts";\n\n`,
    `type Answers = paths[${quoted(path)}][${quoted(method)}]["responses"];\n`,
    ...statuses.map((status) => {
      const key = /^\d+$/.test(status) ? status : quoted(status);
      return `type Body${status} = Answers[${key}]["content"]["application/json"];\n`;
    }),
    "\n/** Those alternatives of `T` that are objects with a member `K`. */\ntype With<T, K extends PropertyKey> = T extends object ? (K extends keyof T ? T : never) : never;\n",
    ...unique.map(({ status, holder }) => emitHolder(status, holder)),
    '\nfunction isObject(value: unknown): value is Record<string, unknown> {\n  return typeof value === "object" && value !== null;\n}\n',
    unique.some(({ holder }) => holder.steps.length > 0)
      ? "\nfunction memberOf(value: unknown, name: string): unknown {\n  return isObject(value) ? value[name] : undefined;\n}\n"
      : "",
    usesJson
      ? '\n/** The specification allows JSON text here. */\nfunction decoded(value: unknown): unknown {\n  if (typeof value !== "string") return value;\n  try {\n    return JSON.parse(value);\n  } catch {\n    return undefined;\n  }\n}\n'
      : "",
  ].join("");
  return { name: "guards.ts", text: `${banner(spec)}\n${text}` };
}

function emitHolder(status: string, { name, steps, json, members }: Holder): string {
  const wire = [...members.values()];
  const parent = steps.reduce(
    (type, { member }) => `With<${type}, ${quoted(member)}>[${quoted(member)}]`,
    `Body${status}`,
  );
  const found = steps.reduce((value, { member }, index) => {
    const held = `memberOf(${value}, ${quoted(member)})`;
    return (steps[index + 1]?.json ?? json) ? `decoded(${held})` : held;
  }, "body");
  const token = members.get("access_token");
  const condition =
    token === undefined
      ? alternatives(wire.map((member) => `${access("value", member)} !== undefined`))
      : `typeof ${access("value", token)} === "string"`;
  const where = steps.length === 0 ? "the body" : steps.map(({ member }) => `\`${member}\``).join(" in ");
  return [
    "\n",
    docComment(`What ${where} of an answer with status ${status} holds.`),
    `export type ${name} = With<${parent}, ${quoted(token ?? wire[0] ?? "")}>;\n\n`,
    docComment(
      token === undefined
        ? "Whether a value holds any member that is read."
        : "Whether a value holds the token.",
    ),
    `export function is${name}(value: unknown): value is ${name} {\n  return isObject(value) && ${condition};\n}\n`,
    steps.length === 0
      ? ""
      : `\n${docComment(`Finds ${where} in a body.`)}export function find${name}(body: unknown): unknown {\n  return ${found};\n}\n`,
  ].join("");
}

function alternatives(conditions: readonly string[]): string {
  return conditions.length > 1 ? `(${conditions.join(" || ")})` : conditions.join("");
}
