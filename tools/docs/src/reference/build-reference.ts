import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { escapeHtml } from "../html.ts";
import { places } from "../places.ts";
import { operationSamples, type Sample, samplesOf } from "../samples.ts";
import { referenceUrl, type VendorPage } from "../vendors.ts";
import { splitPage } from "./split-page.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const redocly = join(dirname(require.resolve("@redocly/cli/package.json")), "bin/cli.js");
/** Not exported by VitePress, whose guides use the same typeface. */
const font = join(
  dirname(require.resolve("vitepress/package.json")),
  "dist/client/theme-default/fonts/inter-roman-latin.woff2",
);

/** Writes one Redoc page a vendor, and what they share, to `reference/` of the site. */
export async function buildReference(pages: readonly VendorPage[]): Promise<void> {
  const folder = join(places.publicFiles, "reference");
  const work = join(places.generated, "redoc");
  for (const path of [folder, work]) mkdirSync(path, { recursive: true });
  for (const name of ["before-redoc.js", "reference.css"])
    copyFileSync(join(import.meta.dirname, name), join(folder, name));
  copyFileSync(font, join(folder, "inter-roman-latin.woff2"));

  await Promise.all(
    pages.map(async (page) => {
      const html = (await renderPage(page, work)).replace("<!-- portal bar -->", portalBar(page, pages));
      for (const [name, text] of Object.entries(splitPage(page.vendor, html)))
        writeFileSync(join(folder, name), text);
    }),
  );
}

/** One self-contained page, as `redocly build-docs` makes it. */
async function renderPage(page: VendorPage, work: string): Promise<string> {
  const samples = samplesOf(page);
  const [spec, options, output] = ["json", "options.json", "html"].map((end) =>
    join(work, `${page.vendor}.${end}`),
  ) as [string, string, string];
  writeFileSync(spec, JSON.stringify(withSamples(page)));
  writeFileSync(options, JSON.stringify(redocOptions(page, samples)));
  const template = join(import.meta.dirname, "page.hbs");
  const args = [
    "build-docs",
    spec,
    "--openapi",
    options,
    "--template",
    template,
    "--inlineBundle",
    "--output",
    output,
  ];
  await run(process.execPath, [redocly, ...args], {
    // Where the root redocly.yaml is found, which turns telemetry off.
    cwd: places.repository,
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
  return readFileSync(output, "utf8");
}

/** A copy of the specification that has code samples. The one in `specs/` stays free of them. */
function withSamples(page: VendorPage): unknown {
  const document: { paths: Record<string, Record<string, object>> } = parse(page.source);
  for (const operation of page.operations) {
    const method = operation.method.toLowerCase();
    const item = document.paths[operation.path] ?? {};
    item[method] = { ...item[method], "x-codeSamples": operationSamples(page, operation) };
  }
  return document;
}

/** The options of the root `redocly.yaml`, and what differs by vendor: Redoc shows only samples that are listed here too. */
function redocOptions({ vendor }: VendorPage, samples: readonly Sample[]): unknown {
  const config: { openapi?: object } = parse(readFileSync(join(places.repository, "redocly.yaml"), "utf8"));
  return {
    ...config.openapi,
    // Below the bar that leads back to the guides; reference.css says how high it is.
    scrollYOffset: 64,
    codeSamples: {
      languages: samples.map(({ lang, label }) => ({ lang: lang === "Shell" ? "bash" : lang, label })),
    },
    downloadUrls: [{ url: `../specs/${vendor}/openapi.yaml`, title: "openapi.yaml" }],
  };
}

/** The way back to the guides, and to the other vendors. */
function portalBar(current: VendorPage, pages: readonly VendorPage[]): string {
  const links = pages.map((page) => {
    const state = page.vendor === current.vendor ? ' aria-current="page"' : "";
    return `<li><a href="../${referenceUrl(page)}"${state}>${escapeHtml(page.name)}</a></li>`;
  });
  return `<header class="portal-bar">
    <a class="portal-name" href="../index.html">vendor-tokens</a>
    <nav aria-label="Site"><ul><li><a href="../getting-started.html">Guides</a></li>${links.join("")}</ul></nav>
  </header>`;
}
