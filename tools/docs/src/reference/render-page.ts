import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { prepareApiDocs, RedoclyApiDocsStandalone, ServerStyleSheet } from "redoc";

/** The part of Redoc's navigation that is read here. */
interface Item {
  readonly link?: string;
  readonly httpPath?: string;
  readonly items?: readonly Item[];
}

/**
 * Renders the part of Redoc that describes one path as it is before a script runs, with the CSS that it needs until then, half
 * of what Redoc brings, and says where in Redoc that is. What is written by `redocly build-docs` shows only the overview.
 *
 * @throws {Error} if Redoc has no such part.
 */
export async function renderPage(spec: Record<string, unknown>, options: object, path: string) {
  const docs = await prepareApiDocs({ spec, options });
  const route = linkOf(docs.items as readonly Item[], path);
  if (route === undefined) throw new Error(`${path}: expected an operation in Redoc's navigation`);
  const sheet = new ServerStyleSheet();
  const { items, store, document } = docs;
  const page = createElement(RedoclyApiDocsStandalone, {
    items,
    store,
    basePath: "/",
    options: docs.options,
    telemetryConfig: { disabled: true },
    spec: document,
  });
  const html = renderToString(
    sheet.collectStyles(createElement(MemoryRouter, { initialEntries: [route] }, page)),
  );
  const css = sheet
    .getStyleTags()
    .replace(/<\/?style[^>]*>|\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ");
  return { html, styles: withoutUnusedVariables(css), route };
}

/** CSS without the variables that nothing in it uses: of Redoc's three thousand a page uses a fifth. */
export function withoutUnusedVariables(css: string): string {
  const names = (text: string) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map(([, name = ""]) => name);
  const declaration = /(--[\w-]+)\s*:([^;{}]*);?/g;
  const declared = Map.groupBy(css.matchAll(declaration), ([, name = ""]) => name);
  const used = new Set(names(css.replace(declaration, "")));
  // Iterating over a set includes what is added to it meanwhile.
  for (const name of used)
    for (const [, , value = ""] of declared.get(name) ?? [])
      for (const inner of names(value)) used.add(inner);
  return css.replace(declaration, (text, name: string) => (used.has(name) ? text : ""));
}

function linkOf(items: readonly Item[], path: string): string | undefined {
  for (const { link, httpPath, items: inside = [] } of items) {
    const found = httpPath === path ? link : linkOf(inside, path);
    if (found !== undefined) return found;
  }
  return undefined;
}
