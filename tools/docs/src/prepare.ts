import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildApiReference } from "./api-reference.ts";
import { comparisonTable } from "./comparison.ts";
import { fleetChart } from "./fleet-chart.ts";
import { libraryComparison } from "./libraries.ts";
import { places } from "./places.ts";
import { publicPackages } from "./public-packages.ts";
import { buildReference } from "./reference/build-reference.ts";
import { readSections } from "./sections.ts";
import { versionTable, writeSpecifications } from "./specifications.ts";
import { vendorCards } from "./vendor-cards.ts";
import { vendorPage } from "./vendor-page.ts";
import { readVendors } from "./vendors.ts";
import { versionsAndChanges } from "./versions.ts";

const PICTURES = join(places.docs, "src/pictures");

/** Makes everything that VitePress takes as it is: references, specifications, tables and pictures. */
export async function prepare(): Promise<void> {
  mkdirSync(places.publicFiles, { recursive: true });
  copyFileSync(join(PICTURES, "favicon.svg"), join(places.publicFiles, "favicon.svg"));
  for (const name of ["token-states", "refused-token", "token-lookup"]) include(`${name}.md`, figure(name));
  for (const [name, markdown] of readSections()) include(`section-${name}.md`, markdown);
  include("fleet-chart.md", fleetChart());
  include("versions.md", versionsAndChanges(publicPackages()));
  include("libraries.md", libraryComparison());
  await Promise.all([prepareVendors(), buildApiReference()]);
}

/** Makes everything that comes from the specifications. */
export async function prepareVendors(): Promise<void> {
  const pages = readVendors();
  const specs = writeSpecifications(pages, process.env.DOCS_SPEC_HISTORY === "true");
  include("comparison.md", comparisonTable(pages));
  include("vendor-cards.md", vendorCards(pages));
  include("specifications.md", versionTable(pages, specs));
  rmSync(places.vendorPages, { recursive: true, force: true });
  mkdirSync(places.vendorPages, { recursive: true });
  for (const page of pages)
    writeFileSync(join(places.vendorPages, `${page.vendor}.md`), await vendorPage(page));
  await buildReference(pages);
}

/** A picture in both widths, as one line of HTML: a blank line would end it in Markdown. Its colours are the theme's. */
function figure(name: string): string {
  const svgs = ["wide", "narrow"].map((width) =>
    readFileSync(join(PICTURES, `${name}.${width}.svg`), "utf8").replaceAll(/\n */g, ""),
  );
  return `<figure class="picture" v-pre>${svgs.join("")}</figure>\n`;
}

/** Writes what a guide includes. */
function include(name: string, text: string): void {
  writeFileSync(join(places.generated, name), text);
}
