import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { parse } from "yaml";
import { type ReadSpec, readSpec } from "../src/spec.ts";

/** A specification, or changes to one by their JSON pointers. */
type Document = Readonly<Record<string, unknown>>;
const listed: Readonly<Record<"clients" | "presentations", Readonly<Record<string, Document>>>> = parse(
  readFileSync(join(import.meta.dirname, "documents.yaml"), "utf8"),
  { merge: true },
);
const changes: Readonly<Record<string, Document>> = { ...listed.clients, ...listed.presentations };

/** The clients that send something else than `Authorization: Bearer` to the API. */
export const PRESENTATIONS: readonly string[] = Object.keys(listed.presentations);

/** The changes that make one of the documents. */
export function changesOf(client: string): Change[] {
  return Object.entries(changes[client] ?? {}).map(([pointer, value]) => [pointer, value ?? undefined]);
}

/** Text that would like to be code, wherever it lands. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: this is what must not become code
export const HOSTILE: string = "*/ export const hacked = 1; /* `${hacked}` \"'\\ \u2028 \r\n// @ts-ignore";

/** A specification in which everything that the vendor names or describes is an attempt to become code. */
function hostile(): Document {
  const credential = (name: string) => ({ ...TEXT, description: HOSTILE, "x-credential": name });
  const properties = {
    [HOSTILE]: { ...credential("first"), default: HOSTILE },
    ["__proto__"]: credential("class"),
    constructor: credential("constructor"),
    quoted: { const: HOSTILE },
  };
  const changes = {
    "/info": { title: HOSTILE, version: "1", description: HOSTILE },
    [`${AT.server}/description`]: HOSTILE,
    [`${AT.operation}/description`]: HOSTILE,
    [AT.request]: object(properties, HOSTILE, "__proto__", "constructor", "quoted"),
    [AT.response]: object({ [HOSTILE]: object({ access_token: SECRET }, "access_token") }, HOSTILE),
    [`${AT.success}/x-token-response`]: {
      access_token: `$response.body#/${HOSTILE.replaceAll("/", "~1")}/access_token`,
      token_type: HOSTILE,
    },
    [`${AT.responses}/401`]: json(object({ ["__proto__"]: TEXT }), {
      "x-token-error": { code: "$response.body#/__proto__", reason: HOSTILE },
    }),
  };
  const document = acme(...Object.entries(changes));
  const { "/token": item } = document.paths as Record<string, unknown>;
  // Braces in a path would name a parameter.
  return { ...document, paths: { [`/${HOSTILE.replaceAll(/[{}]/g, "")}`]: item } };
}

/** The specifications that clients are generated from, by the folder of the client. */
export const DOCUMENTS: Readonly<Record<string, Document>> = {
  hostile: hostile(),
  ...Object.fromEntries(Object.keys(changes).map((client) => [client, acme(...changesOf(client))])),
};

/** The reading of one of them. */
export function specOf(client: string): ReadSpec {
  return readSpec({ vendor: "acme", file: "specs/acme/openapi.yaml", document: DOCUMENTS[client] });
}
