import { dirname, posix } from "node:path";
import type { RequestPlace, TokenOperation } from "@org/auth-spec";
import { betweenMarkers, findPaths } from "@org/vendors";
import type { ReadSpec } from "./spec.ts";

/** Markdown in which a table of the vendors may be. */
const DOCUMENTS = ["*.md", "packages/*/README.md", "tools/*/*.md", "tools/docs/guides/*.md"];

/** The documents that may have a table of the vendors, as paths from the root of the repository. */
export function findDocuments(repository: string): string[] {
  return DOCUMENTS.flatMap((pattern) => findPaths(repository, pattern)).sort();
}

/**
 * A document with the table of the vendors between `<!-- vendors -->` and `<!-- /vendors -->`, as the specifications have it
 * now; unchanged if it has no such markers.
 *
 * @param path - of the document, from the root of the repository
 * @throws {UsageProblem} for a marker without the other one.
 */
export function withVendorTable(document: string, path: string, specs: readonly ReadSpec[]): string {
  return betweenMarkers(document, path, "vendors", () => vendorTable(specs, dirname(path))) ?? document;
}

/** The vendors as a table in Markdown, for a document in a folder. */
function vendorTable(specs: readonly ReadSpec[], folder: string): string {
  const lines = specs.map(({ vendor, info, operations }) => {
    const readme = posix.relative(folder, `packages/${vendor}-client/README.md`);
    return [
      String(info.title ?? vendor).replace(/ token endpoint$/i, ""),
      `[\`@org/${vendor}-client\`](${readme})`,
      listed(operations.flatMap(({ grants }) => grants.map(({ name }) => `\`${name}\``))),
      listed(operations.flatMap(credentialPlaces)),
      listed(operations.flatMap(({ servers }) => servers.map(({ name }) => name))) || "none published",
    ];
  });
  return [["vendor", "client", "grants", "credentials go in", "hosts"], Array(5).fill("---"), ...lines]
    .map((cells) => `| ${cells.map(cellText).join(" | ")} |\n`)
    .join("");
}

function credentialPlaces(operation: TokenOperation): string[] {
  const used = operation.grants.flatMap(({ members }) => members.filter(({ credential }) => credential));
  return Object.entries(placeWords(operation))
    .filter(([place]) => used.some((member) => member.in === place))
    .map(([, word]) => word);
}

/** What the places of an operation's request are called. */
export function placeWords({ mediaTypes }: TokenOperation): Readonly<Record<RequestPlace, string>> {
  const isJson = mediaTypes.includes("application/json");
  const isForm = mediaTypes.includes("application/x-www-form-urlencoded");
  return {
    basic: "HTTP Basic",
    body: isJson && isForm ? "JSON or form body" : isForm ? "form body" : "JSON body",
    header: "headers",
    cookie: "cookies",
    query: "query",
    path: "path",
    authorization: "`Authorization`",
    api: "API calls only",
  };
}

function listed(words: readonly string[]): string {
  return [...new Set(words)].join(", ");
}

/** Text of a specification that stays in its cell and is not read as HTML. */
function cellText(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
