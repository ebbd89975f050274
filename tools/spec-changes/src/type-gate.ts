import { children, nodeAt, type Place, step } from "@org/auth-spec";
import { emitSchema } from "@org/generate/emit-schema";
import type { Spec } from "@org/generate/spec";
import ts from "typescript";
import { documentOf } from "./document.ts";
import type { Reason } from "./reason.ts";
import { type TypeCheck, typeCheck } from "./type-check.ts";

/** Something that has a type before and after. */
interface Subject {
  /** How a changelog calls it. */
  readonly name: string;
  readonly where: string;
  readonly old: string;
  readonly new: string;
  /** Whether callers make it, take it, or may do either. */
  readonly role: "made" | "taken" | "either";
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const LOCATIONS = ["query", "header", "path", "cookie"];
const SECTIONS = ["schemas", "responses", "parameters", "requestBodies", "headers", "pathItems"];

/**
 * What the generated types show: names that are gone, requests that no longer fit, responses that are no longer what they were.
 *
 * @throws {SpecRefused} for a specification that has no types.
 */
export async function typeGate(base: Spec, revision: Spec): Promise<Reason[]> {
  const [old, now] = await Promise.all(
    [base, revision].map(async (spec) => withoutComments((await emitSchema(spec)).text)),
  );
  if (old === now) return [];
  const gone = goneNames(base, revision);
  const subjects = subjectsOf(base, revision);
  const fits = subjects.flatMap(
    ({ old, new: now }) =>
      [
        [old, now],
        [now, old],
      ] as const,
  );
  const types = subjects.flatMap(({ old, new: now }) => [old, now]);
  const check = typeCheck({ modules: { Old: old ?? "", New: now ?? "" }, types, fits });
  return [...gone, ...subjects.flatMap((subject) => judge(subject, check))];
}

function judge({ name, where, old, new: now, role }: Subject, check: TypeCheck): Reason[] {
  const major = (text: string): Reason => ({ gate: "types", bump: "major", where, text });
  const minor = (text: string): Reason => ({ gate: "types", bump: "minor", where, text });
  const [before, after] = [check.members(old), check.members(now)];
  const lost = outermost([...before].filter((member) => !after.has(member)));
  if (lost.length > 0) return [major(`${name} no longer has ${quotedList(lost)}.`)];
  const [narrowed, widened] = [check.misfit(old, now), check.misfit(now, old)];
  if (role !== "taken" && narrowed) return [major(`${name} takes less than before: ${narrowed}`)];
  if (role !== "made" && widened) return [major(`${name} promises less than before: ${widened}`)];
  const gained = outermost([...after].filter((member) => !before.has(member)));
  if (gained.length > 0) return [minor(`${name} has ${quotedList(gained)}.`)];
  if (narrowed) return [minor(`${name} promises more than before.`)];
  return widened ? [minor(`${name} takes more than before.`)] : [];
}

function goneNames(base: Spec, revision: Spec): Reason[] {
  const reasons: Reason[] = [];
  const compare = (where: string, kind: string, from: Place, to: Place) => {
    const [before, after] = [from, to].map((place) => children(place).map(([name]) => name));
    for (const name of before ?? []) {
      if (!after?.includes(name))
        reasons.push({ gate: "types", bump: "major", where, text: `${kind} \`${name}\` is gone.` });
    }
    for (const name of after ?? []) {
      if (!before?.includes(name))
        reasons.push({ gate: "types", bump: "minor", where, text: `${kind} \`${name}\` is new.` });
    }
  };
  compare("paths", "The path", step(documentOf(base), "paths"), step(documentOf(revision), "paths"));
  for (const section of SECTIONS) {
    const kind = `The type \`components["${section}"]\``;
    compare(
      "components",
      kind,
      step(documentOf(base), "components", section),
      step(documentOf(revision), "components", section),
    );
  }
  return reasons;
}

function subjectsOf(base: Spec, revision: Spec): Subject[] {
  return [...operations(base)]
    .flatMap(([path, method, operation]) => {
      const after = step(documentOf(revision), "paths", path, method);
      if (after.value === undefined) return [];
      const title = `${method.toUpperCase()} ${path}`;
      const at = (side: string) => `${side}.paths[${JSON.stringify(path)}]["${method}"]`;
      const subject = (
        name: string,
        where: string,
        role: Subject["role"],
        type: (operation: string) => string,
      ): Subject => ({
        name,
        where: `${title} ${where}`,
        role,
        old: type(at("Old")),
        new: type(at("New")),
      });
      const parameters = LOCATIONS.map((location) =>
        subject(
          `${title}: what is sent in the ${location}`,
          "parameters",
          "made",
          (type) => `Pick<${type}["parameters"], "${location}">`,
        ),
      );
      const bodies = shared(operation, after, "requestBody", "content").map((media) =>
        subject(
          `${title}: the request body`,
          "body",
          "made",
          (type) => `NonNullable<${type}["requestBody"]>["content"][${JSON.stringify(media)}]`,
        ),
      );
      const responses = shared(operation, after, "responses").flatMap((status) => {
        const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
        return shared(operation, after, "responses", status, "content").map((media) =>
          subject(
            `${title}: the response ${status}`,
            `response ${status}`,
            "taken",
            (type) => `${type}["responses"][${key}]["content"][${JSON.stringify(media)}]`,
          ),
        );
      });
      return [...parameters, ...bodies, ...responses];
    })
    .concat(unusedSchemas(base, revision));
}

/** Schemas that no operation leads to may be put to any use. */
function unusedSchemas(base: Spec, revision: Spec): Subject[] {
  const used = new Set<string>();
  const visit = (value: unknown) => {
    for (const [, name = ""] of JSON.stringify(value ?? null).matchAll(
      /"#\/components\/schemas\/([^"/]+)"/g,
    )) {
      if (used.has(name)) continue;
      used.add(name);
      visit(step(documentOf(base), "components", "schemas", name).value);
    }
  };
  const { paths, components } = nodeAt(documentOf(base));
  const { schemas: _, ...others } = (components ?? {}) as Record<string, unknown>;
  visit([paths, others]);
  return shared(documentOf(base), documentOf(revision), "components", "schemas")
    .filter((name) => !used.has(name))
    .map((name) => ({
      name: `The type \`components["schemas"]["${name}"]\``,
      where: "components",
      role: "either",
      old: `Old.components["schemas"][${JSON.stringify(name)}]`,
      new: `New.components["schemas"][${JSON.stringify(name)}]`,
    }));
}

function* operations(spec: Spec): Generator<[path: string, method: string, operation: Place]> {
  for (const [path, item] of children(step(documentOf(spec), "paths"))) {
    for (const method of METHODS) {
      const operation = step(item, method);
      if (operation.value !== undefined) yield [path, method, operation];
    }
  }
}

/** The keys that two places have in common at some steps. */
function shared(before: Place, after: Place, ...keys: string[]): string[] {
  const present = children(step(after, ...keys)).map(([key]) => key);
  return children(step(before, ...keys))
    .map(([key]) => key)
    .filter((key) => present.includes(key));
}

/** Leaves out what lies inside of something else that is listed. */
function outermost(members: readonly string[]): string[] {
  return members.filter(
    (member) =>
      !members.some(
        (other) => member !== other && (member.startsWith(`${other}.`) || member.startsWith(`${other}[`)),
      ),
  );
}

function quotedList(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function withoutComments(text: string): string {
  const file = ts.createSourceFile("schema.ts", text, ts.ScriptTarget.ES2022);
  return ts.createPrinter({ removeComments: true }).printFile(file);
}
