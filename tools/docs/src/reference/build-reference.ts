import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { saveByContents, withoutDataUrls } from "../harden.ts";
import { escapeHtml } from "../markup.ts";
import { navigation } from "../navigation.ts";
import { places } from "../places.ts";
import { pageUrl, referenceUrl, type VendorPage } from "../vendors.ts";
import { redocDocument } from "./redoc-document.ts";
import { renderPage } from "./render-page.ts";

const require = createRequire(import.meta.url);
/** Not exported by VitePress, whose guides use the same typeface. */
const FONT = join(
  dirname(require.resolve("vitepress/package.json")),
  "dist/client/theme-default/fonts/inter-roman-latin.woff2",
);

/** Where Redoc takes its own pictures from, and a replacement: pages may not request anything from another host. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g;
const LOGO_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="16" viewBox="0 0 44 16"><text x="0" y="12" font-family="sans-serif" font-size="12" font-weight="600" fill="#2467f2">Redoc</text></svg>
`;

/** Writes one Redoc page a vendor, and what they share, to `reference/` of the site. */
export async function buildReference(pages: readonly VendorPage[]): Promise<void> {
  const folder = join(places.publicFiles, "reference");
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const local = (text: string) =>
    withoutDataUrls(
      text.replace(LOGO, "./redoc.svg"),
      (contents, ending) => `./${saveByContents(folder, "redoc", contents, ending)}`,
    );
  for (const name of ["before-redoc.js", "accessible-redoc.js", "reference.css"])
    copyFileSync(join(import.meta.dirname, name), join(folder, name));
  await build({
    entryPoints: [join(import.meta.dirname, "site-search.ts")],
    outfile: join(folder, "site-search.js"),
    bundle: true,
    minify: true,
    format: "esm",
  });
  copyFileSync(FONT, join(folder, "inter-roman-latin.woff2"));
  write("redoc.svg", LOGO_SVG);
  write("redoc.js", local(readFileSync(require.resolve("redoc/bundles/redoc.standalone.js"), "utf8")));
  for (const page of pages) {
    const { spec, options } = await redocDocument(page);
    const rendered = await renderPage(spec, options, page.operations[0]?.path ?? "");
    write(`${page.vendor}.html`, local(pageText(page, pages, rendered)));
    const args = [JSON.stringify(spec), JSON.stringify(options), 'document.getElementById("redoc")'];
    write(
      `${page.vendor}.js`,
      `import { hydrate } from "./redoc.js";\n\nhydrate(\n  ${args.join(",\n  ")},\n);\n`,
    );
  }
}

function pageText(
  page: VendorPage,
  pages: readonly VendorPage[],
  { html, styles, route }: Awaited<ReturnType<typeof renderPage>>,
): string {
  const content = html
    // The choice of light or dark; before-redoc.js makes it before.
    .replace(/(<div hidden="">\s*<script>)[^<]*(<\/script>)/, "$1$2")
    // Rendered outside a browser, links lack the hash that they have in one.
    .replace(/ href="\/([^"]*)"/g, ' href="#/$1"');
  const name = escapeHtml(page.name);
  return `<!doctype html>
<html lang="en" data-route="${route}">
<head>
  <meta charset="utf-8">
  <title>${name} token endpoint | vendor-tokens</title>
  <meta name="description" content="${escapeHtml(page.summary)}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="icon" href="../favicon.svg" type="image/svg+xml">
  <script src="./before-redoc.js"></script>
  <style>${styles}</style>
  <link rel="stylesheet" href="./reference.css">
  <script defer src="./accessible-redoc.js"></script>
  <script type="module" src="./site-search.js"></script>
  <script type="module" src="./${page.vendor}.js"></script>
</head>
<body>
  <a class="skip-link" href="#redoc">Skip to the reference</a>
  ${portalBar(page, pages)}
  <div>
    <aside class="vendor-page" aria-label="The vendor's page"><a href="../${pageUrl(page)}">${name}</a>: install, credentials, errors, and samples of each grant in nine languages</aside>
    <div id="redoc">${content}</div>
  </div>
</body>
</html>
`;
}

/** The way back to the guides, and to the references of the other vendors. */
function portalBar(current: VendorPage, pages: readonly VendorPage[]): string {
  const vendors = pages.map((page) => ({ text: page.name, link: `/${referenceUrl(page)}` }));
  const links = navigation({ vendors, packages: [] }).nav.flatMap((one) =>
    "items" in one ? one.items : one,
  );
  const listed = links.map(({ text, link }) => {
    const url = link.replace(/\/$/, "/index").replace(/(?:\.html)?$/, ".html");
    const state = url === `/${referenceUrl(current)}` ? ' aria-current="page"' : "";
    return `<li><a href="..${url}"${state}>${escapeHtml(text)}</a></li>`;
  });
  return `<header class="portal-bar">
    <a class="portal-name" href="../index.html">vendor-tokens</a>
    <nav aria-label="Site"><ul>${listed.join("")}</ul></nav>
    <button class="search-button" type="button">Search <kbd>Ctrl K</kbd></button>
  </header>`;
}
