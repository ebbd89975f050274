import { resolve } from "node:path";

/** Where things are, as absolute paths. */
export const places: Record<
  "repository" | "docs" | "guides" | "apiReference" | "vendorPages" | "generated" | "publicFiles" | "output",
  string
> = {
  repository: resolve(import.meta.dirname, "../../.."),
  docs: resolve(import.meta.dirname, ".."),
  /** Pages that people write. */
  guides: resolve(import.meta.dirname, "../guides"),
  /** Pages made from doc comments. VitePress needs them among the guides. */
  apiReference: resolve(import.meta.dirname, "../guides/api"),
  /** Pages made from specifications, likewise. */
  vendorPages: resolve(import.meta.dirname, "../guides/vendors"),
  /** Everything else that the build makes before VitePress runs. */
  generated: resolve(import.meta.dirname, "../.generated"),
  /** Files that VitePress copies as they are. */
  publicFiles: resolve(import.meta.dirname, "../.generated/public"),
  /** The finished site. */
  output: resolve(import.meta.dirname, "../dist"),
};

/** Where the site will be on its host: `DOCS_BASE`, with a slash at both ends. Default `"/"`. */
export const base: `/${string}` = `/${(process.env.DOCS_BASE ?? "").replace(/^\/+|\/+$/g, "")}/`.replace(
  "//",
  "/",
) as "/";

/** The site's address: `DOCS_ORIGIN`, such as `"https://acme.example"`, and {@link base}. Pages name it only if it is known. */
export const siteUrl: string | undefined = process.env.DOCS_ORIGIN
  ? new URL(base, process.env.DOCS_ORIGIN).href
  : undefined;

/** Where the sources are on the web: `DOCS_REPOSITORY`, such as `"https://github.com/acme/vendor-tokens"`. */
export const repositoryUrl: string | undefined =
  process.env.DOCS_REPOSITORY?.replace(/\/+$/, "") || undefined;
