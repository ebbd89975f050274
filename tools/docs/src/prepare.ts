import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildApiReference } from "./api-reference.ts";
import { comparisonTable } from "./comparison.ts";
import { fleetChart } from "./fleet-chart.ts";
import { libraryComparison } from "./libraries.ts";
import { favicon } from "./pictures/favicon.ts";
import { pictures } from "./pictures/pictures.ts";
import { figure } from "./pictures/svg.ts";
import { places } from "./places.ts";
import { publicPackages } from "./public-packages.ts";
import { buildReference } from "./reference/build-reference.ts";
import { readSections } from "./sections.ts";
import { versionTable, writeSpecifications } from "./specifications.ts";
import { vendorCards } from "./vendor-cards.ts";
import { vendorPage } from "./vendor-page.ts";
import { readVendors } from "./vendors.ts";
import { versionsAndChanges } from "./versions.ts";

/** Makes everything that VitePress takes as it is: references, specifications, tables and pictures. */
export async function prepare(): Promise<void> {
  mkdirSync(places.publicFiles, { recursive: true });
  writeFileSync(join(places.publicFiles, "favicon.svg"), favicon);
  for (const picture of pictures) include(`${picture.name}.md`, figure(picture));
  for (const [name, markdown] of readSections()) include(`section-${name}.md`, markdown);
  include("fleet-chart.md", fleetChart());
  include("versions.md", versionsAndChanges(publicPackages()));
  include("libraries.md", libraryComparison());
  await Promise.all([prepareVendors(), buildApiReference()]);
}

/** Makes what the specifications say. */
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

/** Writes what a guide includes. */
function include(name: string, text: string): void {
  writeFileSync(join(places.generated, name), text);
}
