import MiniSearch from "minisearch";
import type { Plugin } from "vitepress";
import { escapeHtml } from "../html.ts";
import { base } from "../places.ts";
import { type RenderedPage, renderedPages } from "../rendered-pages.ts";
import { pageUrl, readVendors, type VendorPage } from "../vendors.ts";
import { type SearchEntry, searchOptions } from "./search-options.ts";
import { sectionsOf } from "./sections.ts";
import { vendorText } from "./vendor-text.ts";

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
