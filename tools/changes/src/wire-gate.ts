import { type Node, nodeAt, type Place, pointerKeys, rootOf, step } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";
import { type Bump, type Reason, reasonsOf } from "./reason.ts";
import { type Differ, redoclyDiff, type WireChange } from "./redocly-diff.ts";

/** Members that are there for readers. */
const WORDS = /^(description|summary|title)$/;
/** Other members that no program depends on. */
const ASIDES = /^(example|examples|tags|externalDocs|contact|license|termsOfService|operationId|version)$/;
/** Parts of a description that are there for readers. */
const PROSE_TYPES = /^(Info|Contact|License|Tag|TagList|ExternalDocs|Example|ExamplesMap)$/;

/**
 * The changes that `redocly diff` finds, rated for the users of a package.
 *
 * It rates as patch whatever it has no rule for; here that is a patch if only words changed, else a better promise. What it
 * says about extensions and component schemas is left to the gates that know their effect.
 */
export async function wireGate(base: Spec, revision: Spec, diff: Differ = redoclyDiff): Promise<Reason[]> {
  const [before, after] = [rootOf(base.document as Node), rootOf(revision.document as Node)];
  const changes = await diff(nodeAt(before), nodeAt(after));
  return changes.filter(isOurs).map((change) => {
    const { where, words } = placeOf(change, [before, after]);
    return reasonsOf("wire", where)[rate(change)](textOf(change, words));
  });
}

function isOurs({ typeName, property, path }: WireChange): boolean {
  return (
    typeName !== "SpecExtension" && !property?.startsWith("x-") && !/^#\/components\/schemas\b/.test(path)
  );
}

function rate({ verdicts, impact, typeName, property = "", kind }: WireChange): Bump {
  if (verdicts.length > 0) return impact;
  if (PROSE_TYPES.test(typeName) || WORDS.test(property) || ASIDES.test(property)) return "patch";
  // Another name for the same thing, or something removed without any request being refused: the types show who is affected.
  if (kind === "removed" || property === "key" || property === "name") return "patch";
  return "minor";
}

function textOf(change: WireChange, words: string): string {
  const { verdicts, property = "", kind } = change;
  if (verdicts.length > 0) return `${words}: ${verdicts.map(({ message }) => message).join(" ")}`;
  if (kind !== "modified") return `${words} is ${kind === "added" ? "new" : "gone"}.`;
  const [from, to] = [change.base?.value, change.revision?.value];
  if (property === "required") return `${words}: ${requiredText(from, to)}`;
  if (WORDS.test(property)) return `${words}: the ${property} is reworded.`;
  return `${words}: \`${property}\` changed from ${shown(from)} to ${shown(to)}.`;
}

/** A parameter's `required` is a boolean, a schema's a list of names. */
function requiredText(from: unknown, to: unknown): string {
  if (!Array.isArray(from) && !Array.isArray(to)) return "it may be left out.";
  const namesIn = (list: unknown) => new Set<string>(Array.isArray(list) ? list : []);
  const [before, after] = [namesIn(from), namesIn(to)];
  const optional = [...before.difference(after)].map((name) => `\`${name}\` may be left out.`);
  const certain = [...after.difference(before)].map((name) => `\`${name}\` is always there.`);
  return [...optional, ...certain].join(" ");
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``;
}

/** Where a change is: the part of the description, as the other gates call it, and the same for a reader, more exactly. */
function placeOf(change: WireChange, documents: readonly Place[]): { where: string; words: string } {
  const keys = pointerKeys(change.path.slice(2));
  const [section = "", path = "", method = "", part = "", key = "", ...deeper] = keys;
  if (section === "servers") return { where: section, words: `The server \`${serverOf(change)}\`` };
  if (section !== "paths") {
    return { where: section, words: [`\`${section}\``, ...memberAt(keys.slice(1))].join(": ") };
  }
  if (method === "") return { where: "paths", words: `The path \`${path}\`` };
  const operation = `${method.toUpperCase()} ${path}`;
  const inside = (where: string, ...words: string[]) => {
    return { where: `${operation} ${where}`, words: `${operation}: ${words.join(", ")}` };
  };
  if (part === "") return { where: operation, words: operation };
  if (part === "parameters") return inside(part, parameterOf(change, keys.slice(0, 5), documents));
  if (part === "requestBody") return inside("body", "the request body", ...memberAt(deeper));
  if (part === "responses") return inside(`response ${key}`, `the response ${key}`, ...memberAt(deeper));
  return { where: operation, words: `${operation}: \`${part}\`` };
}

function parameterOf(change: WireChange, keys: readonly string[], documents: readonly Place[]): string {
  // Something that is gone is looked up where it was.
  const listed = change.kind === "removed" ? documents : documents.toReversed();
  const names = listed.map((document) => nodeAt(step(document, ...keys)).name);
  return `the parameter \`${names.find(Boolean) ?? keys.at(-1)}\``;
}

function serverOf({ base, revision }: WireChange): unknown {
  return [base, revision]
    .map((side) => (side?.value as { url?: unknown } | undefined)?.url ?? side?.value)
    .find(Boolean);
}

/** What a change is about, for a reader: the member that a pointer ends in, without the schema keywords around it. */
function memberAt(keys: readonly string[]): string[] {
  const at = keys.lastIndexOf("properties");
  const name =
    at >= 0
      ? keys.slice(at + 1).join(".")
      : keys.filter((key) => !["", "content", "schema"].includes(key)).at(-1);
  return name ? [`\`${name}\``] : [];
}
