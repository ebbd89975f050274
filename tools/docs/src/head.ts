import type { HeadConfig } from "vitepress";

/** A page as its head describes it. */
export interface PageHead {
  readonly title: string;
  readonly description: string;
  /** From the root of the site, such as `"errors.html"`. */
  readonly path: string;
  /** Where the site is, with a slash at the end; `undefined` if it is not known. */
  readonly site: string | undefined;
}

/**
 * The tags for previews of links to a page, and for its address, which is left out if it is not known.
 *
 * @see {@link https://ogp.me/ The Open Graph protocol}
 */
export function headOf({ title, description, path, site }: PageHead): HeadConfig[] {
  const address = site === undefined ? undefined : site + path.replace(/(^|\/)index\.html$/, "$1");
  return [
    ["meta", { property: "og:type", content: "website" }],
    ["meta", { property: "og:site_name", content: "vendor-tokens" }],
    ["meta", { property: "og:title", content: title }],
    ["meta", { property: "og:description", content: description }],
    ...(address === undefined
      ? []
      : ([
          ["link", { rel: "canonical", href: address }],
          ["meta", { property: "og:url", content: address }],
        ] as HeadConfig[])),
  ];
}
