import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";
import { installTabs } from "../src/install-tabs.ts";
import { navigation } from "../src/navigation.ts";
import { publicEntries } from "../src/packages.ts";
import { base, places, repositoryUrl, siteUrl } from "../src/places.ts";
import { searchIndex } from "../src/search/search-index.ts";
import { headOf, keepPage, renderedPages, writeSiteFiles } from "../src/site-files.ts";
import { themeChanges } from "../src/theme-changes.ts";
import { pageUrl, readVendors } from "../src/vendors.ts";

if (!existsSync(places.generated))
  throw new Error(`expected ${places.generated}: run \`pnpm docs:build\` or \`pnpm docs:dev\``);

export default defineConfig({
  srcDir: places.guides,
  outDir: places.output,
  base,
  lang: "en",
  title: "vendor-tokens",
  description: "Typed clients and self-renewing access tokens for payment vendors.",
  head: [["link", { rel: "icon", href: `${base}favicon.svg`, type: "image/svg+xml" }]],
  transformHead: ({ page, title, description }) =>
    headOf({ title, description, path: page.replace(/\.md$/, ".html"), site: siteUrl }),
  buildEnd: ({ outDir }) => writeSiteFiles(outDir, [...renderedPages.values()], siteUrl),
  // Their text would stand in every page otherwise, where no script may.
  metaChunk: true,
  markdown: {
    // Those of VitePress are too pale to read on its grey.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    config: installTabs,
  },
  themeConfig: {
    // Its list of excerpts would load references as if they were pages of VitePress.
    search: { provider: "local", options: { detailedView: false, _render: keepPage } },
    notFound: { linkText: "Go to the home page", linkLabel: "Go to the home page" },
    outline: [2, 3],
    ...navigation({
      vendors: readVendors().map((page) => ({ text: page.name, link: `/${pageUrl(page)}` })),
      packages: publicEntries().map(({ name, page }) => ({ text: name, link: `/api/${page}` })),
    }),
    editLink: {
      text: "Edit this page",
      pattern: repositoryUrl ? `${repositoryUrl}/edit/main/tools/docs/guides/:path` : `${base}edit.html`,
    },
    footer: { message: "MIT licence" },
  },
  vite: {
    publicDir: places.publicFiles,
    // A page may load files of its own origin only, and a `data:` URL is not one.
    build: { assetsInlineLimit: 0 },
    plugins: [
      searchIndex,
      themeChanges,
      {
        // References are not VitePress pages, so while editing they get the script that reloads them.
        name: "reload-references",
        configureServer: ({ middlewares }) => {
          middlewares.use((request, response, next) => {
            const page = /^\/(reference\/[\w-]+\.html)/.exec(request.url ?? "")?.[1];
            if (page === undefined) return next();
            const html = readFileSync(join(places.publicFiles, page), "utf8");
            response.setHeader("content-type", "text/html; charset=utf-8");
            response.end(
              html.replace("</head>", '<script type="module" src="/@vite/client"></script></head>'),
            );
          });
        },
      },
    ],
  },
});
