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
const LOCATIONS = ["query", "header", "path", "cookie"];
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
  const operations = sharedKeys(before, after, "paths").flatMap((path) =>
    sharedKeys(before, after, "paths", path)
      .filter((key) => METHODS.includes(key))
      .map((method) => [path, method] as const),
  );
  return operations.flatMap(([path, method]) => {
    const [old, now] = [step(before, "paths", path, method), step(after, "paths", path, method)];
    const title = `${method.toUpperCase()} ${path}`;
    const operation = (version: string) => `${version}.paths[${JSON.stringify(path)}]["${method}"]`;
    const parameters = LOCATIONS.map(
      (location): Subject => ({
        name: `${title}: what is sent in the ${location}`,
        where: `${title} parameters`,
        role: "made",
        typeIn: (version) => `Pick<${operation(version)}["parameters"], "${location}">`,
      }),
    );
    const bodies = sharedKeys(old, now, "requestBody", "content").map(
      (media): Subject => ({
        name: `${title}: the request body`,
        where: `${title} body`,
        role: "made",
        typeIn: (version) =>
          `NonNullable<${operation(version)}["requestBody"]>["content"][${JSON.stringify(media)}]`,
      }),
    );
    const responses = sharedKeys(old, now, "responses").flatMap((status) =>
      sharedKeys(old, now, "responses", status, "content").map(
        (media): Subject => ({
          name: `${title}: the response ${status}`,
          where: `${title} response ${status}`,
          role: "taken",
          typeIn: (version) =>
            `${operation(version)}["responses"]["${status}"]["content"][${JSON.stringify(media)}]`,
        }),
      ),
    );
    return [...parameters, ...bodies, ...responses];
  });
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
  return sharedKeys(before, after, "components", "schemas")
    .filter((name) => !used.has(name))
    .map((name) => ({
      name: `The type \`components["schemas"]["${name}"]\``,
      where: "components",
      role: "either",
      typeIn: (version) => `${version}.components["schemas"]["${name}"]`,
    }));
}

function keysAt(place: Place, ...keys: string[]): string[] {
  return children(step(place, ...keys)).map(([key]) => key);
}

/** The keys that two places have in common at some steps. */
function sharedKeys(before: Place, after: Place, ...keys: string[]): string[] {
  const present = keysAt(after, ...keys);
  return keysAt(before, ...keys).filter((key) => present.includes(key));
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
