import { nodeAt, pointerKeys, step } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";
import { documentOf } from "./document.ts";
import type { WireChange } from "./redocly-diff.ts";

/** Where a change is. */
export interface WirePlace {
  /** The part of the description, as the other gates call it. */
  readonly where: string;
  /** The same for a reader, more exactly. */
  readonly words: string;
}

/** Puts the JSON pointer of a change into words. */
export function placeOf(change: WireChange, documents: readonly Spec[]): WirePlace {
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

function parameterOf(change: WireChange, keys: readonly string[], documents: readonly Spec[]): string {
  // Something that is gone is looked up where it was.
  const listed = change.kind === "removed" ? documents : documents.toReversed();
  const names = listed.map((spec) => nodeAt(step(documentOf(spec), ...keys)).name);
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
