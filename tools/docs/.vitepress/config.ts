import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type UserConfig } from "vitepress";
import { base, places } from "../src/places.ts";

interface Vendor {
  readonly vendor: string;
  readonly name: string;
}

const list = join(places.generated, "vendors.json");
if (!existsSync(list))
  throw new Error("expected .generated/vendors.json: run `pnpm docs:build` or `pnpm docs:dev`");
const vendors: readonly Vendor[] = JSON.parse(readFileSync(list, "utf8"));

const references = vendors.map(({ vendor, name }) => ({
  text: name,
  link: `/reference/${vendor}.html#/authentication/createtoken`,
  target: "_self",
}));

const config: UserConfig = defineConfig({
  srcDir: places.guides,
  outDir: places.output,
  base,
  lang: "en",
  title: "vendor-tokens",
  description: "Typed clients and self-renewing access tokens for payment vendors.",
  head: [["link", { rel: "icon", href: `${base}favicon.svg`, type: "image/svg+xml" }]],
  // Their text would stand in every page otherwise, where no script may.
  metaChunk: true,
  markdown: {
    // Those of VitePress are too pale to read on its grey.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    search: { provider: "local" },
    notFound: { linkText: "Go to the home page", linkLabel: "Go to the home page" },
    outline: [2, 3],
    nav: [
      { text: "Getting started", link: "/getting-started" },
      { text: "Vendors", items: references },
      { text: "API", link: "/api/" },
    ],
    sidebar: [
      {
        text: "Use",
        items: [
          { text: "Getting started", link: "/getting-started" },
          { text: "Token lifecycle", link: "/token-lifecycle" },
          { text: "Several processes", link: "/fleet" },
          { text: "Errors", link: "/errors" },
          { text: "Security", link: "/security" },
          { text: "Testing your code", link: "/sandbox" },
        ],
      },
      {
        text: "Reference",
        items: [
          ...references,
          { text: "Specifications", link: "/specifications" },
          { text: "@org/auth-core", link: "/api/" },
          { text: "@org/auth-core/store", link: "/api/store" },
          { text: "@org/auth-core/testing", link: "/api/testing" },
          { text: "@org/auth-core/vendor", link: "/api/vendor" },
        ],
      },
      { text: "Contribute", items: [{ text: "Add a vendor", link: "/add-a-vendor" }] },
    ],
    footer: { message: "MIT licence" },
  },
  vite: {
    publicDir: places.publicFiles,
    // A page may load files of its own origin only, and a `data:` URL is not one.
    build: { assetsInlineLimit: 0 },
    plugins: [
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
