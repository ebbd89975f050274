import MiniSearch from "minisearch";
import type { Plugin } from "vitepress";
import { parse } from "yaml";
import { escapeHtml } from "../markup.ts";
import { base } from "../places.ts";
import { type RenderedPage, renderedPages } from "../site-files.ts";
import { pageUrl, readVendors, type VendorPage } from "../vendors.ts";
import { type SearchEntry, searchOptions } from "./search-options.ts";

/** Pages that mention everything and explain little, or say what each vendor's page says. A search for one of their names still finds it. */
const SIDE_PAGES = /^(?:api\/|vendors\/|comparison\.md|versions\.md)/;

/** Replaces VitePress's own index with ours: it knows neither the vendors' references nor our keywords. */
export const searchIndex: Plugin = {
  name: "search-index",
  enforce: "pre",
  load(id) {
    if (id !== "/@localSearchIndexroot") return undefined;
    return `export default ${JSON.stringify(JSON.stringify(buildIndex()))}`;
  },
};

function buildIndex(): MiniSearch<SearchEntry> {
  const index = new MiniSearch<SearchEntry>(searchOptions);
  index.addAll([...[...renderedPages.values()].flatMap(pageEntries), ...readVendors().map(vendorEntry)]);
  return index;
}

function pageEntries({ path, html, keywords }: RenderedPage): SearchEntry[] {
  const url = base + path.replace(/(^|\/)index\.md$/, "$1").replace(/\.md$/, ".html");
  return sectionsOf(html).map(({ anchor, titles, text }, index) => ({
    id: `${url}#${anchor}`,
    ...shown(titles),
    text,
    keywords: index === 0 ? keywords : "",
    weight: SIDE_PAGES.test(path) ? 0.4 : 1,
  }));
}

function vendorEntry(page: VendorPage): SearchEntry {
  return {
    id: base + pageUrl(page),
    ...shown(["Vendors", page.name]),
    text: vendorText(page),
    keywords: "",
    weight: 1,
  };
}

/** Titles as search shows them: as HTML. */
function shown(titles: readonly string[]): Pick<SearchEntry, "title" | "titles"> {
  const escaped = titles.map(escapeHtml);
  return { title: escaped.at(-1) ?? "", titles: escaped.slice(0, -1) };
}

/** All words of a vendor's specification, which its reference shows. */
export function vendorText({ source }: Pick<VendorPage, "source">): string {
  const { info, servers, paths, components } = parse(source);
  // What a specification calls `servers` by its `x-name`, people call the production URL.
  return `${words([info, servers, paths, components])} sandbox URL production URL base URL`;
}

/** Every name and every text of a value, at any depth. */
function words(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .flatMap(([name, inside]) => [Array.isArray(value) ? "" : name, words(inside)])
      .filter(Boolean)
      .join(" ");
  }
  return String(value ?? "");
}

const HEADING = /<h([1-6])[^>]*>([\s\S]*?)<a class="header-anchor" href="#([^"]*)"[\s\S]*?<\/h\1>/g;

/** Headings that each function of the API reference has, or each vendor's page: a result of that name says nothing. */
const REPEATED = new Set([
  "Call Signature",
  "Constructor",
  "Constructors",
  "Default Value",
  "Example",
  "Extends",
  "Install",
  "Methods",
  "Parameters",
  "Properties",
  "Returns",
  "See",
  "Throws",
  "Type Declaration",
  "Type Parameters",
]);

/** A rendered page by its headings; text under a heading that each function repeats belongs to the function. */
export function sectionsOf(html: string) {
  const sections: { anchor: string; titles: string[]; text: string }[] = [];
  const above: string[] = [];
  const headings = [...html.matchAll(HEADING)];
  for (const [
    index,
    { index: start, 0: tag, 1: level, 2: words = "", 3: anchor = "" },
  ] of headings.entries()) {
    const text = plainText(html.slice(start + tag.length, headings[index + 1]?.index));
    const title = plainText(words);
    const previous = sections.at(-1);
    if (previous && REPEATED.has(title)) {
      sections[sections.length - 1] = { ...previous, text: `${previous.text} ${text}` };
      continue;
    }
    above.length = Number(level) - 1;
    above.push(title);
    sections.push({ anchor, titles: above.filter(Boolean), text });
  }
  return sections;
}

/** The words of HTML. */
function plainText(html: string): string {
  return html
    .replace(/<(svg|style|script)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#(\d+)|(\w+));/g, (entity, code?: string, name = "") =>
      code ? String.fromCodePoint(Number(code)) : (ENTITIES[name] ?? entity),
    )
    .replace(/\s+/g, " ")
    .trim();
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
