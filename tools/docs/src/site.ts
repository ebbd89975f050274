import { spawn } from "node:child_process";
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, createServer } from "vitepress";
import { buildApiReference } from "./api-reference.ts";
import { comparisonTable, vendorCards } from "./comparison.ts";
import { fleetChart, libraryComparison, readSections } from "./excerpts.ts";
import { harden } from "./harden.ts";
import { versionsAndChanges } from "./packages.ts";
import { base, places } from "./places.ts";
import { buildReference } from "./reference/build-reference.ts";
import { writeSpecifications } from "./specifications.ts";
import { vendorPage } from "./vendor-page.ts";
import { readVendors } from "./vendors.ts";

const PICTURES = join(places.docs, "src/pictures");

/** Makes everything that VitePress takes as it is: references, specifications, tables and pictures. */
export async function prepare(): Promise<void> {
  mkdirSync(places.publicFiles, { recursive: true });
  copyFileSync(join(PICTURES, "favicon.svg"), join(places.publicFiles, "favicon.svg"));
  for (const name of ["token-states", "refused-token", "token-lookup"]) include(name, figure(name));
  for (const [name, markdown] of readSections()) include(`section-${name}`, markdown);
  include("fleet-chart", fleetChart());
  include("versions", versionsAndChanges());
  include("libraries", libraryComparison());
  await Promise.all([prepareVendors(), buildApiReference()]);
}

async function prepareVendors(): Promise<void> {
  const pages = readVendors();
  include("comparison", comparisonTable(pages));
  include("vendor-cards", vendorCards(pages));
  include("specifications", writeSpecifications(pages, process.env.DOCS_SPEC_HISTORY === "true"));
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
  writeFileSync(join(places.generated, `${name}.md`), text);
}

/** Writes the whole site, and says where it is. */
export async function buildSite(): Promise<void> {
  rmSync(places.generated, { recursive: true, force: true });
  console.log("references, API pages, tables and pictures...");
  await prepare();
  await build(places.docs);
  shareSearchIndex();
  await harden(places.output, base);
  const pages = globSync("**/*.html", { cwd: places.output }).length;
  const folder = relative(process.cwd(), places.output);
  console.log(`wrote ${pages} pages to ${folder}; to look at them: npx -y serve ${folder}`);
}

/** Gives VitePress's search index a name that references know. */
function shareSearchIndex(): void {
  const [file] = globSync("assets/chunks/@localSearchIndexroot*.js", { cwd: places.output });
  if (file === undefined) throw new Error("expected a search index among the built site's chunks");
  const url = JSON.stringify(`../${file.replaceAll("\\", "/")}`);
  writeFileSync(join(places.output, "reference/search-index.js"), `export { default } from ${url};\n`);
}

/** What the site is made from, besides the guides, which VitePress watches itself. */
const SOURCES = [
  ...["specs", "redocly.yaml", "CONTRIBUTING.md", "packages", ".changeset"],
  ...["tools/bench/RESULTS.md", "tools/fleet/results", "tools/docs/src"],
];

/** Serves the site, and rebuilds it when its sources change. Ends with Ctrl-C. */
export async function serveWhileEditing(): Promise<void> {
  await prepare();
  const server = await createServer(places.docs);
  await server.listen();
  server.printUrls();
  // In a separate process, so that changed code is loaded; a specification with a mistake only prints what is wrong.
  const prepareAgain = () =>
    spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "prepare"], { stdio: "inherit" }).on(
      "exit",
      (code) => code === 0 && server.ws.send({ type: "full-reload" }),
    );
  let timer: NodeJS.Timeout | undefined;
  for (const path of SOURCES) {
    watch(join(places.repository, path), { recursive: true }, (_event, file) => {
      if (file?.includes("node_modules") || file?.includes("dist")) return;
      clearTimeout(timer);
      // Several files may change at once.
      timer = setTimeout(prepareAgain, 200);
    });
  }
}
