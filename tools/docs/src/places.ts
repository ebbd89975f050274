import { resolve } from "node:path";
import { REPOSITORY } from "@org/vendors";

const docs = resolve(import.meta.dirname, "..");

/** Where things are, as absolute paths. */
export const places = {
  repository: REPOSITORY,
  docs,
  /** Pages that people write. */
  guides: resolve(docs, "guides"),
  /** Pages made from doc comments. VitePress needs them among the guides. */
  apiReference: resolve(docs, "guides/api"),
  /** Pages made from specifications, likewise. */
  vendorPages: resolve(docs, "guides/vendors"),
  /** Everything else that the build makes before VitePress runs. */
  generated: resolve(docs, ".generated"),
  /** Files that VitePress copies as they are. */
  publicFiles: resolve(docs, ".generated/public"),
  /** The finished site. */
  output: resolve(docs, "dist"),
};

/** Where the site will be on its host: `DOCS_BASE`, with a slash at both ends. Default `"/"`. */
export const base = `/${process.env.DOCS_BASE ?? ""}/`.replace(/^\/+|\/+$/g, "/") as "/";

/** The site's address: `DOCS_ORIGIN`, such as `"https://acme.example"`, and {@link base}. Pages name it only if it is known. */
export const siteUrl = process.env.DOCS_ORIGIN ? new URL(base, process.env.DOCS_ORIGIN).href : undefined;

/** Where the sources are on the web: `DOCS_REPOSITORY`, such as `"https://github.com/acme/vendor-tokens"`. */
export const repositoryUrl = process.env.DOCS_REPOSITORY?.replace(/\/+$/, "") || undefined;
