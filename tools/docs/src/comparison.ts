import type { MappedValue } from "@org/auth-core/vendor";
import { expressionHeader, expressionPath, type Grant, type TokenOperation } from "@org/auth-spec";
import { placeWords } from "@org/generate/vendor-tables";
import { escapeHtml, inlineCode } from "./markup.ts";
import { pageUrl, referenceUrl, type VendorPage } from "./vendors.ts";

/** What vendors are compared by: a heading, and the paragraphs of a vendor's cell, in which backticks mark code. */
type Aspect = readonly [heading: string, paragraphs: (operation: TokenOperation) => readonly string[]];

const ASPECTS: readonly Aspect[] = [
  ["Token endpoint", ({ method, path }) => [`\`${method} ${path}\``]],
  ["Grant", ({ grants }) => grants.map(({ name }) => code(name))],
  ["Credentials go in", credentialPlaces],
  ["Request body", requestBody],
  [
    "Token response",
    ({ success: { mediaTypes, mapping } }) => [
      ...mediaTypes.map(code),
      `token in ${memberOf(mapping.access_token)}`,
    ],
  ],
  ["Lifetime", lifetime],
  ["Error body", errorBodies],
  [
    "Refresh token",
    ({ success: { mapping } }) => [
      mapping.refresh_token ? `yes, in ${memberOf(mapping.refresh_token)}` : "no",
    ],
  ],
  [
    "Hosts",
    ({ servers }) =>
      servers.length === 0
        ? ["none published: pass `baseUrl`"]
        : servers.map(({ name, url }) => `${name}: \`${url}\``),
  ],
];

/** What a vendor is compared by: headings, and paragraphs in which backticks mark code. */
export function factsOf(
  operations: readonly TokenOperation[],
): readonly (readonly [heading: string, paragraphs: readonly string[]])[] {
  return ASPECTS.map(([heading, paragraphs]) => [heading, [...new Set(operations.flatMap(paragraphs))]]);
}

/** The vendors side by side, as an HTML table. */
export function comparisonTable(pages: readonly VendorPage[]): string {
  const head = pages
    .map((page) => `<th scope="col"><a href="./${pageUrl(page)}">${escapeHtml(page.name)}</a></th>`)
    .join("");
  const facts = pages.map(({ operations }) => factsOf(operations));
  const rows = ASPECTS.map(([heading], index) => {
    const cells = facts.map((vendor) => {
      const text = vendor[index]?.[1].map((paragraph) => `<p>${inlineCode(paragraph)}</p>`) ?? [];
      return `<td>${text.join("")}</td>`;
    });
    return `<tr><th scope="row">${heading}</th>${cells.join("")}</tr>\n`;
  });
  const links = pages.map(
    (page) =>
      `<td><p><a href="./${referenceUrl(page)}" target="_self">Reference</a></p><p><a href="./specs/${page.vendor}/openapi.yaml" target="_self" download="${page.vendor}-${escapeHtml(page.version)}.yaml">OpenAPI ${escapeHtml(page.version)}</a></p></td>`,
  );
  return `<div class="comparison" role="region" aria-label="Comparison of the vendors" tabindex="0" v-pre>
<table>
<thead><tr><td></td>${head}</tr></thead>
<tbody>
${rows.join("")}<tr><th scope="row">Documents</th>${links.join("")}</tr>
</tbody>
</table>
</div>
`;
}

/** A link to each vendor's page, with what tells the vendors apart. */
export function vendorCards(pages: readonly VendorPage[]): string {
  const cards = pages.map(
    (page) => `<li><a class="vendor-card" href="./${pageUrl(page)}">
<strong>${escapeHtml(page.name)}</strong>
<span>${escapeHtml(page.summary)}</span>
<code>@org/${page.vendor}-client</code>
</a></li>
`,
  );
  return `<ul class="vendor-cards" v-pre>\n${cards.join("")}</ul>\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function requestBody({ mediaTypes, grants }: TokenOperation): string[] {
  if (!grants.some(({ members }) => members.some((member) => member.in === "body"))) {
    return mediaTypes.map((type) => `empty, sent with \`Content-Type: ${type}\``);
  }
  return mediaTypes.map(
    (type, index) => code(type) + (mediaTypes.length > 1 && index === 0 ? " (sent by default)" : ""),
  );
}

function credentialPlaces(operation: TokenOperation): string[] {
  return Object.entries(placeWords(operation)).flatMap(([place, words]) => {
    const names = [...new Set(operation.grants.flatMap((grant) => credentialNames(grant, place)))];
    return names.length === 0 ? [] : [`${words}: ${names.map(code).join(", ")}`];
  });
}

/** Places where a member does not have its own name on the wire. */
const NAMELESS: readonly string[] = ["basic", "authorization"];

function credentialNames({ members }: Grant, place: string): string[] {
  return members.flatMap(({ in: where, path, credential }) =>
    where === place && credential ? [NAMELESS.includes(place) ? credential.name : path.join(".")] : [],
  );
}

function lifetime({ success: { mapping, examples } }: TokenOperation): string[] {
  const { expires_in: relative, expires_at: absolute } = mapping;
  const path = expressionPath(relative);
  const seen = path
    ? Object.values(examples)
        .map((example) => path.reduce(memberAt, example))
        .filter((value) => value !== undefined)
    : [];
  return [
    ...(absolute ? [`an instant in ${memberOf(absolute)}`] : []),
    ...(path ? [`seconds in ${memberOf(relative)}`] : []),
    ...(seen.length > 0 ? [`documented: ${[...new Set(seen.map(String))].join(" or ")}`] : []),
    ...(typeof relative === "object" ? [`documented: about ${relative.constant} s`] : []),
  ];
}

/** A member of an object, or of the JSON text of one. */
function memberAt(holder: unknown, name: string): unknown {
  const object: unknown = typeof holder === "string" ? JSON.parse(holder) : holder;
  return (object as Readonly<Record<string, unknown>> | undefined)?.[name];
}

function errorBodies({ refusals }: TokenOperation): string[] {
  const mapped = refusals.filter(({ mappings }) => mappings.length > 0);
  if (mapped.length === 0) return ["not documented"];
  const byShape = Map.groupBy(mapped, ({ mappings }) =>
    mappings.map((mapping) => Object.values(mapping).map(memberOf).join(", ")).join(" or "),
  );
  return [...byShape].map(([shape, alike]) => `${alike.map(({ status }) => status).join(", ")}: ${shape}`);
}

/** Where a member of a response is, or what it always is, as code: names joined by dots. */
function memberOf(mapped: MappedValue | undefined): string {
  if (typeof mapped === "object") return code(String(mapped.constant));
  if (mapped === "$response.body") return "the whole body";
  const header = expressionHeader(mapped);
  return header === undefined ? code((expressionPath(mapped) ?? []).join(".")) : `the header ${code(header)}`;
}
