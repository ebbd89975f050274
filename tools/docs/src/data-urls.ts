/** Media type of a `data:` URL -> how the name of its file ends. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/svg+xml": "svg",
  "application/font-woff": "woff",
};

/**
 * CSS, or code that holds CSS, in which `url("data:...")` has become the URL of a file: under `default-src 'self'` a `data:` URL
 * is a foreign one.
 *
 * @param save - keeps the contents in a file with this ending and returns its URL
 * @throws {Error} for a media type that is not known here
 */
export function withoutDataUrls(css: string, save: (contents: Buffer, ending: string) => string): string {
  return css.replace(/url\((["']?)data:((?:(?!\1\))[^\n])*)\1\)/g, (_, _quote, url: string) => {
    const comma = url.indexOf(",");
    const [type = "", ...parameters] = url.slice(0, comma).split(";");
    const ending = ENDINGS[type];
    if (ending === undefined) {
      throw new Error(`a data: URL of ${type}: expected one of ${Object.keys(ENDINGS).join(", ")}`);
    }
    const text = url.slice(comma + 1);
    const contents = parameters.includes("base64")
      ? Buffer.from(text, "base64")
      : // A bare % is legal in CSS, but not in a URL.
        Buffer.from(decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25")));
    return `url("${save(contents, ending)}")`;
  });
}
