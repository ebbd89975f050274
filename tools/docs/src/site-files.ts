import { globSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DefaultTheme, HeadConfig } from "vitepress";

/** A guide or a page of the API reference, as VitePress has rendered it. */
export interface RenderedPage {
  /** From the folder of the guides, such as `"api/auth-core.md"`. */
  readonly path: string;
  /** Markdown, its includes filled in. */
  readonly markdown: string;
  readonly html: string;
  readonly title: string;
  readonly description: string;
  /** Words that people search for and that the page does not use. */
  readonly keywords: string;
}

/** The pages by path, once VitePress has scanned them for its search. */
export const renderedPages: Map<string, RenderedPage> = new Map();

/** What VitePress calls with each page to index it: keeps the page, and leaves indexing to `search/`. */
export const keepPage: NonNullable<DefaultTheme.LocalSearchOptions["_render"]> = (markdown, env, md) => {
  const html = md.render(markdown, env);
  const { title = "", frontmatter = {} } = env as { title?: string; frontmatter?: Record<string, unknown> };
  renderedPages.set(env.relativePath, {
    path: env.relativePath,
    markdown: markdown.replace(/^---\n[\s\S]*?\n---\n/, ""),
    html,
    title: String(frontmatter.title ?? title),
    description: String(frontmatter.description ?? ""),
    keywords: String(frontmatter.keywords ?? ""),
  });
  return "";
};

/**
 * The tags for previews of links to a page, and for its address, which is left out if the site's is not known.
 *
 * @param path - from the root of the site, such as `"errors.html"`
 * @param site - where the site is, with a slash at the end
 * @see {@link https://ogp.me/ The Open Graph protocol}
 */
export function headOf(page: {
  title: string;
  description: string;
  path: string;
  site: string | undefined;
}): HeadConfig[] {
  const { title, description, path, site } = page;
  const address = site && addressOf(path, site);
  const properties = {
    ...{ type: "website", site_name: "vendor-tokens", title, description },
    ...(address && { url: address }),
  };
  return [
    ...Object.entries(properties).map(
      ([name, content]): HeadConfig => ["meta", { property: `og:${name}`, content }],
    ),
    ...(address ? [["link", { rel: "canonical", href: address }] satisfies HeadConfig] : []),
  ];
}

/** The page of a folder is named like the folder. */
function addressOf(path: string, site: string): string {
  return site + path.replace(/(^|\/)index\.html$/, "$1");
}

/**
 * Writes what programs read: each page as Markdown beside it, `llms.txt` that lists them, `robots.txt`, and `sitemap.xml` where
 * the site's address is known, since a sitemap holds absolute addresses only.
 *
 * @param site - where the site is, with a slash at the end
 * @see {@link https://llmstxt.org/ llms.txt}
 * @see {@link https://www.sitemaps.org/protocol.html Sitemaps}
 */
export function writeSiteFiles(
  folder: string,
  pages: readonly RenderedPage[],
  site: string | undefined,
): void {
  for (const { path, markdown } of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), withoutPictures(markdown));
  }
  writeFileSync(join(folder, "llms.txt"), llmsText(pages, site));
  writeFileSync(join(folder, "robots.txt"), robots(site));
  if (site !== undefined) {
    const files = globSync("**/*.html", { cwd: folder }).map((file) => file.replaceAll("\\", "/"));
    writeFileSync(join(folder, "sitemap.xml"), sitemap(files, site));
  }
}

/** A list of the pages as Markdown, guides first. Links are relative if the site's address is not known. */
export function llmsText(
  pages: readonly Pick<RenderedPage, "path" | "title" | "description">[],
  site = "./",
): string {
  const list = (isWanted: (path: string) => boolean) =>
    pages
      .filter(({ path }) => isWanted(path))
      .toSorted((one, other) => one.path.localeCompare(other.path, "en"))
      .map(
        ({ path, title, description }) =>
          `- [${title}](${site}${path})${description && `: ${description}`}\n`,
      )
      .join("");
  const isApi = (path: string) => path.startsWith("api/");
  return `# vendor-tokens

> Typed clients, token caches and a sandbox for payment vendors' token endpoints, for backends on Node.js, Bun, Deno and Workers.

## Guides

${list((path) => !isApi(path))}
## API reference

${list(isApi)}`;
}

/** Everything may be read. */
export function robots(site: string | undefined): string {
  const map = site === undefined ? "" : `\nSitemap: ${site}sitemap.xml\n`;
  return `User-agent: *\nAllow: /\n${map}`;
}

/** The addresses of all pages except the 404 page. */
export function sitemap(files: readonly string[], site: string): string {
  const addresses = files
    .filter((file) => file !== "404.html")
    .map((file) => encodeURI(addressOf(file, site)))
    .sort();
  const entries = addresses.map((address) => `<url><loc>${address.replaceAll("&", "&amp;")}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join("")}</urlset>\n`;
}

/** Pictures become the words that describe them. */
function withoutPictures(markdown: string): string {
  return markdown.replace(/<figure\b.*? aria-label="([^"]*)".*<\/figure>/g, "Picture: $1");
}
