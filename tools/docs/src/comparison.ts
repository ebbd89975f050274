import type { Grant } from "../../generate/src/grants.ts";
import type { Mapping } from "../../generate/src/mapping.ts";
import type { Target } from "../../generate/src/request-member.ts";
import { nodeAt, root, steps } from "../../generate/src/spec.ts";
import type { TokenOperation } from "../../generate/src/token-operation.ts";
import { escapeHtml, inlineCode } from "./html.ts";
import { referenceUrl, type VendorPage } from "./vendors.ts";

/** What vendors are compared by: a heading, and the paragraphs of a vendor's cell, in which backticks mark code. */
type Aspect = readonly [heading: string, paragraphs: (operation: TokenOperation) => readonly string[]];

const ASPECTS: readonly Aspect[] = [
  ["Token endpoint", ({ method, path }) => [`\`${method.toUpperCase()} ${path}\``]],
  ["Grant", ({ grants }) => grants.map(({ name }) => code(name))],
  ["Credentials go in", credentialPlaces],
  [
    "Request body",
    ({ requestMediaType, grants, spec, path, method }) => {
      const offered = Object.keys(nodeAt(steps(root(spec), "paths", path, method, "requestBody", "content")));
      if (!grants.some(({ hasBody }) => hasBody))
        return [`empty, sent with \`Content-Type: ${requestMediaType}\``];
      return offered.map(
        (type) => code(type) + (offered.length > 1 && type === requestMediaType ? " (sent by default)" : ""),
      );
    },
  ],
  [
    "Answer",
    ({ acceptedMediaTypes, response }) => [
      ...acceptedMediaTypes.map(code),
      `token in ${pointerOf(response.mapping, "access_token")}`,
    ],
  ],
  ["Lifetime", lifetime],
  ["Error body", errorBodies],
  [
    "Refresh token",
    ({ response: { mapping } }) => [
      mapping.refresh_token ? `yes, in ${pointerOf(mapping, "refresh_token")}` : "no",
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

/** The vendors side by side, as an HTML table. */
export function comparisonTable(pages: readonly VendorPage[]): string {
  const head = pages.map((page) => `<th scope="col">${escapeHtml(page.name)}</th>`).join("");
  const rows = ASPECTS.map(([heading, paragraphs]) => {
    const cells = pages.map(({ operation }) => {
      const text = paragraphs(operation).map((paragraph) => `<p>${inlineCode(paragraph)}</p>`);
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

function code(text: string): string {
  return `\`${text}\``;
}

function credentialPlaces({ grants, requestMediaType }: TokenOperation): string[] {
  const places: readonly (readonly [Target, string])[] = [
    ["basic", "HTTP Basic"],
    ["header", "headers"],
    ["body", requestMediaType === "application/x-www-form-urlencoded" ? "form body" : "JSON body"],
    ["query", "query"],
    ["path", "path"],
  ];
  return places.flatMap(([target, words]) => {
    const names = [...new Set(grants.flatMap((grant) => credentialNames(grant, target)))];
    return names.length === 0 ? [] : [`${words}: ${names.map(code).join(", ")}`];
  });
}

function credentialNames({ members }: Grant, target: Target): string[] {
  return members.flatMap(({ target: place, name, credential }) =>
    place === target && credential ? [place === "basic" ? credential.name : name] : [],
  );
}

function lifetime({ response, spec, path, method }: TokenOperation): string[] {
  const { expires_in: relative, expires_at: absolute } = response.mapping;
  const examples = steps(
    root(spec),
    "paths",
    path,
    method,
    "responses",
    response.status,
    "content",
    "application/json",
    "examples",
  );
  const values = Object.keys(nodeAt(examples)).map((name) => nodeAt(steps(examples, name, "value")));
  const seen =
    relative?.kind !== "body"
      ? []
      : values.flatMap((value) => {
          const found = relative.steps.reduce<unknown>((at, { member }) => {
            const object: unknown = typeof at === "string" ? JSON.parse(at) : at;
            return (object as Record<string, unknown> | undefined)?.[member];
          }, value);
          return found === undefined ? [] : [String(found)];
        });
  return [
    ...(absolute ? [`an instant in ${pointerOf(response.mapping, "expires_at")}`] : []),
    ...(relative?.kind === "body" ? [`seconds in ${pointerOf(response.mapping, "expires_in")}`] : []),
    ...(seen.length > 0 ? [`documented: ${[...new Set(seen)].join(" or ")}`] : []),
    ...(relative?.kind === "constant" ? [`documented: about ${relative.value} s`] : []),
  ];
}

function errorBodies({ errors }: TokenOperation): string[] {
  if (errors.length === 0) return ["not documented"];
  const byShape = new Map<string, string[]>();
  for (const { statuses, mappings } of errors) {
    const shape = mappings
      .map((mapping) =>
        Object.keys(mapping)
          .map((name) => pointerOf(mapping, name))
          .join(", "),
      )
      .join(" or ");
    byShape.set(shape, [...(byShape.get(shape) ?? []), ...statuses]);
  }
  return [...byShape].map(([shape, statuses]) => `${statuses.join(", ")}: ${shape}`);
}

/** Where a member of an answer is, as code: names joined by dots. */
function pointerOf(mapping: Mapping, name: string): string {
  const expression = mapping[name];
  if (!expression) return "";
  return code(
    expression.kind === "constant"
      ? String(expression.value)
      : expression.steps.map(({ member }) => member).join("."),
  );
}
