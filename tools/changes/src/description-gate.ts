import {
  type Node,
  nodeAt,
  type Place,
  pointerKeys,
  readTokenOperations,
  rootOf,
  step,
} from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";
import { pascalCase } from "@org/vendors";
import { type Bump, goneAndNew, type Reason, reasonsOf } from "./reason.ts";
import { type Change, redoclyDiff } from "./redocly-diff.ts";

/** Members that are there for readers. */
const WORDS = /^(description|summary|title)$/;
/** Other members that no program depends on. */
const ASIDES = /^(example|examples|tags|externalDocs|contact|license|termsOfService|operationId|version)$/;
/** Parts of a description that are there for readers. */
const PROSE_TYPES = /^(Info|Contact|License|Tag|TagList|ExternalDocs|Example|ExamplesMap)$/;
/** Extensions that map members of a response to those of a token or an error. */
const MAPPINGS: readonly string[] = ["x-token-response", "x-token-error"];

/**
 * The changes that `redocly diff` finds, rated for the users of a package: of what travels on the wire, and of what the
 * extensions say.
 *
 * It rates as patch whatever it has no rule for; here that is a patch if only words changed, else a better promise. What it
 * says about component schemas is left to the gate that knows their effect.
 */
export async function descriptionGate(base: Spec, revision: Spec): Promise<Reason[]> {
  const documents = [base, revision].map(({ document }) => rootOf(document as Node));
  const changes = await redoclyDiff(base.document, revision.document);
  const reasons = changes
    .filter(({ path }) => !/^#\/components\/schemas\b/.test(path))
    .flatMap((change) => reasonsFor(change, documents));
  return [...reasons, ...reorderedMediaTypes(base, revision)];
}

function reasonsFor(change: Change, documents: readonly Place[]): Reason[] {
  const { path, typeName, property = "" } = change;
  const { where, words } = placeOf(change, documents);
  const keys = [...pointerKeys(path.slice(2)), property];
  const mapping = keys.findIndex((key) => MAPPINGS.includes(key));
  if (mapping >= 0) return changedMapping(where, keys.slice(0, mapping + 1), documents);
  const { major, minor, patch } = reasonsOf("mapping", where);
  const [was, is] = [change.base, change.revision].map((side) => sentByDefault(side?.value, keys, documents));
  if (was !== is) {
    const text = `${words}: callers who leave it out now send ${shown(is)} instead of ${shown(was)}.`;
    return [was === undefined ? minor(text) : major(text)];
  }
  if (typeName === "SpecExtension" || property.startsWith("x-")) return [patch(textOf(change, words))];
  return [reasonsOf("wire", where)[rate(change)](textOf(change, words))];
}

/** What is sent for a credential that callers leave out, if the value at some keys says so. */
function sentByDefault(value: unknown, keys: readonly string[], documents: readonly Place[]): unknown {
  if (keys.at(-1) === "x-credential") return (value as Node | undefined)?.default;
  if (keys.at(-1) !== "default") return undefined;
  // A credential is named beside its default, or beside the schema with it.
  const holders = documents.flatMap((document) =>
    [-1, -2].map((end) => nodeAt(step(document, ...keys.slice(0, end)))),
  );
  const isCredential = keys.at(-2) === "x-credential" || holders.some((holder) => "x-credential" in holder);
  return isCredential ? value : undefined;
}

/** What a token or an error reports, which leaves no trace in the types. */
function changedMapping(where: string, keys: readonly string[], documents: readonly Place[]): Reason[] {
  const { major, minor, patch } = reasonsOf("mapping", where);
  const [status = "", extension] = keys.slice(-2);
  const subject = (member: string) =>
    extension === "x-token-error"
      ? `After a ${status}, the error's \`vendor${pascalCase(member)}\``
      : `The token's \`${member}\``;
  // Of several mappings the first that finds something counts.
  const [before = {}, after = {}] = documents.map((document): Node => {
    const { value } = step(document, ...keys);
    return Array.isArray(value) ? Object.assign({}, ...value.toReversed()) : { ...(value as object) };
  });
  return [
    ...goneAndNew(
      Object.keys(before),
      Object.keys(after),
      (member) => major(`${subject(member)} is no longer reported.`),
      (member) => minor(`${subject(member)} is now reported.`),
    ),
    ...Object.keys(after).flatMap((member) => {
      const [from, to] = [before[member], after[member]].map(shown);
      if (!(member in before) || from === to) return [];
      return [patch(`${subject(member)} is read from ${to} instead of ${from}.`)];
    }),
  ];
}

/** Token requests are sent in the first media type, in an order that does not matter to anybody else. */
function reorderedMediaTypes(base: Spec, revision: Spec): Reason[] {
  const [was, is] = [base, revision].map(({ document }) =>
    readTokenOperations(document).operations.map(({ mediaTypes: [first] }) => `\`${first}\``),
  );
  if (!was || !is || was.length !== is.length || was.join() === is.join()) return [];
  return [reasonsOf("mapping").patch(`Token requests are sent as ${is} instead of ${was}.`)];
}

function rate({ verdicts, impact, typeName, property = "", kind }: Change): Bump {
  if (verdicts.length > 0) return impact;
  if (PROSE_TYPES.test(typeName) || WORDS.test(property) || ASIDES.test(property)) return "patch";
  // Another name for the same thing, or something removed without any request being refused: the types show who is affected.
  if (kind === "removed" || property === "key" || property === "name") return "patch";
  return "minor";
}

function textOf(change: Change, words: string): string {
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
function placeOf(change: Change, documents: readonly Place[]): { where: string; words: string } {
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

function parameterOf(change: Change, keys: readonly string[], documents: readonly Place[]): string {
  // Something that is gone is looked up where it was.
  const listed = change.kind === "removed" ? documents : documents.toReversed();
  const names = listed.map((document) => nodeAt(step(document, ...keys)).name);
  return `the parameter \`${names.find(Boolean) ?? keys.at(-1)}\``;
}

function serverOf({ base, revision }: Change): unknown {
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
