import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { places, siteUrl } from "../places.ts";
import { pageUrl, readVendors, referenceUrl } from "../vendors.ts";
import { allPages, portalPages } from "./built-site.ts";

describe("the pages as files", () => {
  it("state the content security policy, and contain scripts only as links to files", () => {
    for (const path of allPages) {
      const html = readFileSync(join(places.output, path), "utf8");
      expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'self'`);
      const inline = [...html.matchAll(/<script\b(?![^>]*\ssrc=)[^>]*>([^<]*)/g)].map(([, script]) =>
        script?.trim(),
      );
      expect(inline.filter(Boolean), path).toEqual([]);
    }
  });

  it("describe themselves, and name no address if none was given", () => {
    for (const path of portalPages.filter((page) => page !== "404.html")) {
      const html = readFileSync(join(places.output, path), "utf8");
      const descriptions = html.match(/<meta name="description" content="([^"]+)"/);
      expect(descriptions?.[1]?.length, path).toBeGreaterThan(20);
      expect(html, path).toContain('<meta property="og:title"');
      if (siteUrl === undefined) expect(html, path).not.toMatch(/rel="canonical"|og:url/);
    }
  });

  it("are also there as Markdown, which llms.txt lists", () => {
    const list = readFileSync(join(places.output, "llms.txt"), "utf8");
    const listed = [...list.matchAll(/\]\(\.\/([^)]+)\)/g)].map(([, path]) => String(path));
    const pages = portalPages.filter((page) => page !== "404.html");
    expect(listed.toSorted()).toEqual(pages.map((page) => page.replace(/html$/, "md")).toSorted());
    for (const path of listed)
      expect(readFileSync(join(places.output, path), "utf8"), path).not.toMatch(/@include|<svg/);
  });

  it("show a vendor's token endpoint before a script runs, in few bytes", () => {
    for (const vendor of readVendors()) {
      const reference = readFileSync(join(places.output, referenceUrl(vendor)), "utf8");
      const page = readFileSync(join(places.output, pageUrl(vendor)), "utf8");
      const members = vendor.operations.flatMap(({ grants }) => grants[0]?.members ?? []);
      for (const { path, credential } of members.filter((member) => member.credential?.required)) {
        expect(reference, vendor.vendor).toContain(path.at(-1));
        expect(page, vendor.vendor).toContain(path.at(-1));
        expect(page, vendor.vendor).toContain(credential?.name);
      }
      expect(gzipSync(reference).length, vendor.vendor).toBeLessThan(40_000);
      expect(gzipSync(page).length, vendor.vendor).toBeLessThan(30_000);
    }
  });

  it("include everything that guides ask for", () => {
    for (const path of portalPages) {
      expect(readFileSync(join(places.output, path), "utf8"), path).not.toContain("@include");
    }
  });
});
