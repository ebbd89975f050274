import { children, type Node, nodeAt, type Place, rootOf, step } from "@org/auth-spec";
import { emitSchema } from "@org/generate/emit-schema";
import type { Spec } from "@org/generate/spec";
import ts from "typescript";
import { goneAndNew, type Reason, reasonsOf } from "./reason.ts";
import { type Comparison, compareTypes, type VersionedType } from "./type-check.ts";

/** Something that has a type before and after. */
interface Subject extends VersionedType {
  /** What a changelog calls it. */
  readonly name: string;
  readonly where: string;
  /** Whether callers make it, take it, or may do either. */
  readonly role: "made" | "taken" | "either";
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const SECTIONS = ["schemas", "responses", "parameters", "requestBodies", "headers", "pathItems"];

/**
 * Compares the generated types: removed names, requests that no longer compile, responses whose type changed.
 *
 * @throws {SpecRefused} for a specification that has no types.
 */
export async function typeGate(base: Spec, revision: Spec): Promise<Reason[]> {
  const [old, now] = [await typesOf(base), await typesOf(revision)];
  if (old === now) return [];
  const [before, after] = [rootOf(base.document as Node), rootOf(revision.document as Node)];
  const subjects = [...partsOfOperations(before, after), ...unusedSchemas(before, after)];
  return [...changedNames(before, after), ...compareTypes([old, now], subjects).flatMap(judge)];
}

/** The generated types without their comments. */
async function typesOf(spec: Spec): Promise<string> {
  const file = ts.createSourceFile("schema.ts", await emitSchema(spec), ts.ScriptTarget.ES2022);
  return ts.createPrinter({ removeComments: true }).printFile(file);
}

function changedNames(before: Place, after: Place): Reason[] {
  const compare = (kind: string, where: string, ...keys: string[]) => {
    const { major, minor } = reasonsOf("types", where);
    return goneAndNew(
      keysAt(before, where, ...keys),
      keysAt(after, where, ...keys),
      (name) => major(`${kind} \`${name}\` is gone.`),
      (name) => minor(`${kind} \`${name}\` is new.`),
    );
  };
  return [
    ...compare("The path", "paths"),
    ...SECTIONS.flatMap((section) => compare(`The type \`components["${section}"]\``, "components", section)),
  ];
}

function judge({ name, where, role, narrowed, widened, members }: Subject & Comparison): Reason[] {
  const { major, minor } = reasonsOf("types", where);
  const [before, after] = members();
  const [lost, gained] = [outermost(before.difference(after)), outermost(after.difference(before))];
  if (lost.length > 0) return [major(`${name} no longer has ${quotedList(lost)}.`)];
  if (role !== "taken" && narrowed) return [major(`${name} takes less than before: ${narrowed}`)];
  if (role !== "made" && widened) return [major(`${name} promises less than before: ${widened}`)];
  if (gained.length > 0) return [minor(`${name} has ${quotedList(gained)}.`)];
  if (narrowed) return [minor(`${name} promises more than before.`)];
  return widened ? [minor(`${name} takes more than before.`)] : [];
}

function partsOfOperations(before: Place, after: Place): Subject[] {
  const operations = sharedPaths(before, after, ["paths", "*", "*"]).filter(([, , method = ""]) =>
    METHODS.includes(method),
  );
  const shared = (...inside: string[]) =>
    operations.flatMap((operation) => sharedPaths(before, after, [...operation, ...inside]));
  const part = (keys: readonly string[], role: Subject["role"], words: string, where: string): Subject => {
    const [, path = "", method = ""] = keys;
    const title = `${method.toUpperCase()} ${path}`;
    return { name: `${title}: ${words}`, where: `${title} ${where}`, role, typeIn: typeAt(keys) };
  };
  return [
    ...operations.map((keys) =>
      part([...keys, "parameters"], "made", "what is sent beside the body", "parameters"),
    ),
    ...shared("requestBody", "content", "*").map((keys) => part(keys, "made", "the request body", "body")),
    ...shared("responses", "*", "content", "*").map((keys) =>
      part(keys, "taken", `the response ${keys[4]}`, `response ${keys[4]}`),
    ),
  ];
}

/** The generated type at some keys. */
function typeAt(keys: readonly string[]): VersionedType["typeIn"] {
  const [first = "", ...others] = keys;
  return (version) =>
    others.reduce((type, key) => `NonNullable<${type}>[${JSON.stringify(key)}]`, `${version}.${first}`);
}

/** Schemas that no operation leads to may be used in any way. */
function unusedSchemas(before: Place, after: Place): Subject[] {
  const used = new Set<string>();
  const visit = (value: unknown) => {
    const references = JSON.stringify(value ?? null).matchAll(/"#\/components\/schemas\/([^"/]+)"/g);
    for (const [, name = ""] of references) {
      if (used.has(name)) continue;
      used.add(name);
      visit(step(before, "components", "schemas", name).value);
    }
  };
  const { paths, components } = nodeAt(before);
  visit([paths, { ...(components as object), schemas: undefined }]);
  return sharedPaths(before, after, ["components", "schemas", "*"])
    .filter(([, , name = ""]) => !used.has(name))
    .map((keys) => ({
      name: `The type \`components["schemas"]["${keys[2]}"]\``,
      where: "components",
      role: "either",
      typeIn: typeAt(keys),
    }));
}

function keysAt(place: Place, ...keys: string[]): string[] {
  return children(step(place, ...keys)).map(([key]) => key);
}

/** The ways that lead to something in two places; `*` stands for any key. */
function sharedPaths(before: Place, after: Place, [key, ...rest]: readonly string[]): string[][] {
  if (key === undefined) return [[]];
  const present = keysAt(after);
  const keys = keysAt(before).filter((one) => (key === "*" || key === one) && present.includes(one));
  return keys.flatMap((one) =>
    sharedPaths(step(before, one), step(after, one), rest).map((others) => [one, ...others]),
  );
}

/** Leaves out what is inside something else that is listed. */
function outermost(members: ReadonlySet<string>): string[] {
  const all = [...members];
  return all.filter(
    (member) => !all.some((other) => member.startsWith(`${other}.`) || member.startsWith(`${other}[`)),
  );
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
