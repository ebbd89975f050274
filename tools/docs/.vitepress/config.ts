import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type UserConfig } from "vitepress";
import { headOf } from "../src/head.ts";
import { installTabs } from "../src/install-tabs.ts";
import { base, places, repositoryUrl, siteUrl } from "../src/places.ts";
import { publicPackages } from "../src/public-packages.ts";
import { keepPage, renderedPages } from "../src/rendered-pages.ts";
import { searchIndex } from "../src/search/search-index.ts";
import { writeSiteFiles } from "../src/site-files.ts";
import { themeChanges } from "../src/theme-changes.ts";
import { pageUrl, readVendors } from "../src/vendors.ts";

if (!existsSync(places.generated))
  throw new Error(`expected ${places.generated}: run \`pnpm docs:build\` or \`pnpm docs:dev\``);

const references = readVendors().map((page) => ({
  text: page.name,
  link: `/${pageUrl(page)}`,
}));

const config: UserConfig = defineConfig({
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
    nav: [
      { text: "Getting started", link: "/getting-started" },
      { text: "Vendors", items: references },
      { text: "API", link: "/api/" },
      { text: "Versions", link: "/versions" },
    ],
    sidebar: [
      {
        text: "Start",
        items: [
          { text: "Getting started", link: "/getting-started" },
          { text: "Comparison with other libraries", link: "/comparison" },
        ],
      },
      {
        text: "Guides",
        items: [
          { text: "Token lifecycle", link: "/token-lifecycle" },
          { text: "Runtimes", link: "/runtimes" },
          { text: "Several processes", link: "/fleet" },
          { text: "Errors", link: "/errors" },
          { text: "Security", link: "/security" },
          { text: "Testing your code", link: "/sandbox" },
        ],
      },
      {
        text: "Recipes",
        items: [
          { text: "HTTP libraries", link: "/http-libraries" },
          { text: "Proxy and certificates", link: "/network" },
          { text: "Jest, Vitest, MSW, nock", link: "/test-tools" },
          { text: "Next.js, NestJS, readiness", link: "/frameworks" },
        ],
      },
      {
        text: "Vendors",
        items: [...references, { text: "Specifications", link: "/specifications" }],
      },
      {
        text: "API reference",
        items: [
          { text: "All packages", link: "/api/" },
          ...publicPackages().flatMap(({ entries }) =>
            entries.map(({ name, page }) => ({ text: name, link: `/api/${page}` })),
          ),
          { text: "Versions and changelogs", link: "/versions" },
        ],
      },
      {
        text: "Contribute",
        items: [
          { text: "Add a vendor", link: "/add-a-vendor" },
          { text: "Edit these pages", link: "/edit" },
        ],
      },
    ],
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

export default config;
