import { createReadStream, globSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, posix } from "node:path";
import { createGzip } from "node:zlib";
import { CONTENT_SECURITY_POLICY } from "../harden.ts";
import { places } from "../places.ts";

/** The pages of the built site, such as `"errors.html"`. */
export const allPages = globSync("**/*.html", { cwd: places.output })
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

const isReference = (page: string) => page.startsWith("reference/");

/** Pages that Redoc draws. */
export const referencePages = allPages.filter(isReference);

/** All others, including the 404 page. */
export const portalPages = allPages.filter((page) => !isReference(page));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
  ".yaml": "application/yaml",
};

/**
 * Serves the built site on loopback as any plain file server would, with the content security policy as a header too.
 *
 * @param compressed - whether text is compressed, as hosts do
 */
export async function serveSite({ compressed = false } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = posix.normalize(decodeURIComponent(pathname));
    const file = join(places.output, path.endsWith("/") ? `${path}index.html` : path);
    const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
    if (!isFile) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const isCompressed = compressed && /text|json|svg/.test(type);
    response.writeHead(200, {
      "content-type": type,
      "content-security-policy": CONTENT_SECURITY_POLICY,
      ...(isCompressed && { "content-encoding": "gzip" }),
    });
    const contents = createReadStream(file);
    (isCompressed ? contents.pipe(createGzip()) : contents).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    /** Without a trailing slash. */
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
}
