import { isRepeated, literalChildren, literalStep, nodeAt, type Place, target } from "./document.ts";
import { type Report, shown } from "./problem.ts";

/** Extension -> where it is allowed, as a pattern of JSON pointers and in words. */
const EXTENSIONS = new Map([
  ["x-token-grant", { pattern: /^\/(paths|components\/pathItems)\/[^/]+\/[^/]+$/, words: "an operation" }],
  ["x-token-response", { pattern: /\/responses\/[^/]+$/, words: "a response" }],
  ["x-token-error", { pattern: /\/responses\/[^/]+$/, words: "a response" }],
  [
    "x-credential",
    {
      pattern: /\/(parameters|properties|securitySchemes)\/[^/]+$/,
      words: "a parameter, a property of the request body or a security scheme",
    },
  ],
]);

/** Members whose own members are named by the vendor. */
const NAMING = ["properties", "headers", "responses", "schemas", "parameters", "securitySchemes"];
/** Members that contain a vendor's data, not OpenAPI keywords. */
const DATA = ["example", "examples", "default", "const", "enum"];

/**
 * Finds what would otherwise be ignored: an extension that is misspelt or is where nothing reads it, and a reference that
 * leads nowhere or out of the document.
 */
export function checkDocument(place: Place, report: Report): void {
  checkReference(place, report);
  for (const [key, value] of Object.entries(place.value ?? {})) {
    if (/^x-(tok|cred)/i.test(key)) checkExtension(place, key, literalStep(place, key), report);
    // Most members are text or numbers, for which a long description should take no time.
    if (typeof value !== "object" || DATA.includes(key)) continue;
    const child = literalStep(place, key);
    if (NAMING.includes(key)) for (const [, named] of literalChildren(child)) checkDocument(named, report);
    else checkDocument(child, report);
  }
}

function checkReference(place: Place, report: Report): void {
  const { $ref: reference } = nodeAt(place);
  if (reference === undefined) return;
  if (typeof reference !== "string" || !reference.startsWith("#/")) {
    const expected = 'a reference within the document, such as "#/components/schemas/Token"';
    report("reference", place, `${expected}; bundle files into one first`, shown(reference));
  } else if (!target(place.document, reference) || isInCircle(place)) {
    report("reference", place, "a reference to something that exists", shown(reference));
  }
}

/** Whether the references that start at a place lead back to it. */
function isInCircle(start: Place): boolean {
  const passed: Place[] = [];
  let at = target(start.document, nodeAt(start).$ref);
  while (at && !isRepeated(at, passed)) {
    if (at.pointer === start.pointer) return true;
    passed.push(at);
    at = target(start.document, nodeAt(at).$ref);
  }
  return false;
}

function checkExtension(parent: Place, key: string, place: Place, report: Report): void {
  const known = EXTENSIONS.get(key);
  if (!known) {
    report("extension-place", place, `one of ${[...EXTENSIONS.keys()].join(", ")}`, shown(key));
  } else if (!known.pattern.test(parent.pointer)) {
    report("extension-place", place, `${key} on ${known.words}`, "it elsewhere");
  }
}
