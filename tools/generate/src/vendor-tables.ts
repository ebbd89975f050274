import { dirname, posix } from "node:path";
import type { RequestPlace, TokenOperation } from "@org/auth-spec";
import { betweenMarkers, findPaths } from "@org/vendors";
import { type Output, partOutput } from "./output.ts";
import type { ReadSpec } from "./spec.ts";

/** Markdown in which a table of the vendors may be. */
const DOCUMENTS = ["*.md", "packages/*/README.md", "tools/*/*.md", "tools/docs/guides/*.md"];

/**
 * The table of these vendors in each document that has `<!-- vendors -->` and `<!-- /vendors -->`, between which it is.
 *
 * @throws {UsageProblem} for a marker without the other one.
 */
export function tableOutputs(repository: string, specs: readonly ReadSpec[]): Output[] {
  return DOCUMENTS.flatMap((pattern) => findPaths(repository, pattern))
    .sort()
    .map((path) => {
      const table = () => vendorTable(specs, dirname(path));
      const withTable = (text: string) => betweenMarkers(text, path, "vendors", table) ?? text;
      const news = `${path}: wrote the table of vendors`;
      return partOutput(repository, path, `the table of vendors in ${path}`, withTable, news);
    });
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
