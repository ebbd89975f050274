import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { describe, expect, it } from "vitest";
import { places } from "../places.ts";
import { pageUrl, vendorsSaying } from "../vendors.ts";
import { sectionsOf, vendorText } from "./search-index.ts";
import { type SearchEntry, searchOptions } from "./search-options.ts";

/** The index that the built site loads. */
async function builtIndex(): Promise<MiniSearch<SearchEntry>> {
  const [file] = globSync("assets/chunks/@localSearchIndexroot*.js", { cwd: places.output });
  const module: { default: string } = await import(join(places.output, String(file)));
  return MiniSearch.loadJSON<SearchEntry>(module.default, searchOptions);
}

const index = await builtIndex();
const found = (query: string) => index.search(query).map(({ id }) => String(id));

/** The pages of the vendors whose specification says this. */
function pagesSaying(text: string): RegExp {
  return new RegExp(`(?:${vendorsSaying(text).map(pageUrl).join("|")})`);
}

describe("what a newcomer types is among the first three results", () => {
  it.each([
    ["400013", pagesSaying("400013")],
    ["account manager", pagesSaying("account manager")],
    ["production url", pagesSaying("x-name: production")],
    ["axios", /getting-started|http/],
    ["jest", /sandbox|test/],
    ["docker", /sandbox/],
    ["logging", /token-lifecycle|security/],
    ["retry", /errors|token-lifecycle/],
    ["nestjs", /getting-started|framework|nest/],
    ["install", /getting-started/],
    ["mock", /sandbox/],
    ["redis", /fleet/],
    ["lambda", /runtimes/],
    ["cloudflare workers", /runtimes/],
    ["429", /errors/],
    ["multi tenant", /getting-started/],
    ["changelog", /versions/],
    ["invalid_client", /errors/],
    ["x-client-id", pagesSaying("x-client-id")],
    ["createTokenPool", /api\/auth-core/],
    ["kuberntes", /fleet/],
  ])("%s", (query, page) => {
    const first = found(query).slice(0, 3);
    expect(
      first.filter((id) => page.test(id)),
      first.join(", "),
    ).not.toEqual([]);
  });

  it("without results named like a part that each function of the API reference has", () => {
    for (const query of ["parameters", "returns", "throws"]) {
      const titles = index.search(query).map(({ title }) => String(title).toLowerCase());
      expect(titles).not.toContain(query);
    }
  });
});

describe("sectionsOf", () => {
  const heading = (level: number, text: string) =>
    `<h${level} id="${text}" tabindex="-1">${text} <a class="header-anchor" href="#${text}" aria-label="Permalink">​</a></h${level}>`;

  it("cuts a page at its headings, with those above", () => {
    const html = `${heading(1, "A")}<p>one &amp; <code>two</code></p>${heading(2, "B")}x${heading(2, "C")}`;
    expect(sectionsOf(html)).toEqual([
      { anchor: "A", titles: ["A"], text: "one & two" },
      { anchor: "B", titles: ["A", "B"], text: "x" },
      { anchor: "C", titles: ["A", "C"], text: "" },
    ]);
  });

  it("assigns text under headings that all functions have to the function", () => {
    const html = `${heading(3, "f()")}does${heading(4, "Parameters")}a text`;
    expect(sectionsOf(html)).toEqual([{ anchor: "f()", titles: ["f()"], text: "does a text" }]);
  });
});

describe("vendorText", () => {
  it("contains names, descriptions and examples at any depth", () => {
    const source = readFileSync(join(places.repository, "specs/unnamed/openapi.yaml"), "utf8");
    expect(vendorText({ source })).toMatch(/client_id.*400013/s);
  });
});
