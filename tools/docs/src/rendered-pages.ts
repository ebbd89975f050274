import type { DefaultTheme } from "vitepress";

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

/** What VitePress calls with each page to index it: keeps the page, and leaves indexing to `search-index.ts`. */
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
