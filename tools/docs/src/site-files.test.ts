import { describe, expect, it } from "vitest";
import { headOf, llmsText, robots, sitemap } from "./site-files.ts";

const SITE = "https://acme.example/vendor-tokens/";

describe("if the site's address is known", () => {
  it("pages name their own, and a folder's page names the folder", () => {
    const head = { title: "Errors", description: "Codes.", site: SITE };
    expect(headOf({ ...head, path: "errors.html" })).toContainEqual([
      "link",
      { rel: "canonical", href: `${SITE}errors.html` },
    ]);
    expect(headOf({ ...head, path: "api/index.html" })).toContainEqual([
      "meta",
      { property: "og:url", content: `${SITE}api/` },
    ]);
  });

  it("the sitemap lists all pages except the 404 page, and robots.txt the sitemap", () => {
    const text = sitemap(["index.html", "404.html", "api/a&b.html"], SITE);
    const addresses = [...text.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
    expect(addresses).toEqual([SITE, `${SITE}api/a&amp;b.html`]);
    expect(robots(SITE)).toBe(`User-agent: *\nAllow: /\n\nSitemap: ${SITE}sitemap.xml\n`);
  });
});

describe("if it is not known", () => {
  it("no page and no file invents one", () => {
    const head = headOf({ title: "Errors", description: "Codes.", path: "errors.html", site: undefined });
    expect(JSON.stringify(head)).not.toMatch(/canonical|og:url/);
    expect(robots(undefined)).not.toContain("Sitemap");
  });

  it("llms.txt has links that are relative to it, guides first", () => {
    const text = llmsText([
      { path: "api/index.md", title: "API", description: "" },
      { path: "errors.md", title: "Errors", description: "Codes." },
    ]);
    expect(text).toMatch(
      /## Guides\n\n- \[Errors\]\(\.\/errors\.md\): Codes\.\n\n## API reference\n\n- \[API\]/,
    );
  });
});
