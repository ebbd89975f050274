import { follow, isNode, literalStep, type Place, refuse, root, type Spec } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** Extension -> where it may stand, as a pattern of JSON pointers and in words. */
const EXTENSIONS = new Map([
  ["x-token-grant", { pattern: /^\/paths\/[^/]+\/[^/]+$/, words: "an operation" }],
  ["x-token-response", { pattern: /\/responses\/[^/]+$/, words: "a response" }],
  ["x-token-error", { pattern: /\/responses\/[^/]+$/, words: "a response" }],
  [
    "x-credential",
    {
      pattern: /\/(parameters|properties|securitySchemes)\/[^/]+$/,
      words: "a parameter, a property of the request body or an HTTP Basic scheme",
    },
  ],
]);

/** Members whose own members are named by the vendor. */
const NAMING = ["properties", "headers", "responses", "schemas", "parameters", "securitySchemes"];
/** Members that hold what a vendor sends, not words of OpenAPI. */
const DATA = ["example", "examples", "default", "const", "enum"];

/**
 * Refuses what would otherwise say nothing, silently: an extension that is misspelt or stands where nobody reads it, and a
 * reference that leads nowhere or out of the file.
 */
export function checkDocument(spec: Spec): void {
  checkObject(root(spec));
}

function checkObject(place: Place): void {
  follow(place);
  for (const [key, child] of literalChildren(place)) {
    checkExtension(place, key, child);
    if (DATA.includes(key)) continue;
    if (NAMING.includes(key)) for (const [, named] of literalChildren(child)) checkObject(named);
    else checkObject(child);
  }
}

function literalChildren(place: Place): [key: string, child: Place][] {
  if (!isNode(place.value) && !Array.isArray(place.value)) return [];
  return Object.keys(place.value).map((key) => [key, literalStep(place, key)]);
}

function checkExtension(parent: Place, key: string, place: Place): void {
  if (!/^x-(tok|cred)/i.test(key)) return;
  const known = EXTENSIONS.get(key);
  if (!known) refuse(place, `one of ${[...EXTENSIONS.keys()].join(", ")}`, shown(key));
  if (!known.pattern.test(parent.pointer)) refuse(place, `${key} on ${known.words}`, "it elsewhere");
}
