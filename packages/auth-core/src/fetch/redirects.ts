import type { Fetch, RequestCopy } from "./request-copy.ts";

/** How a request is sent to where redirects lead. */
export interface RedirectRules {
  /** The URL to send to. Throws a `TypeError` for one that the token may not go to. */
  readonly checked: (url: string) => string;
  /** Attaches the token and what goes beside it to headers from which everything bound to the previous origin is gone. */
  readonly attach: (headers: Headers) => void;
}

/** As many as `fetch` follows. */
const MOST_REDIRECTS = 20;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** What says something of a body. */
const BODY_HEADERS = [
  "content-encoding",
  "content-language",
  "content-location",
  "content-type",
  "content-length",
];
/** What is for one origin. */
const ORIGIN_HEADERS = ["authorization", "proxy-authorization", "cookie", "host"];

/**
 * Sends a request and follows its redirects as `fetch` does, but only to where the token may go: `fetch` itself would send
 * a header such as `X-Access-Token` to any origin.
 *
 * @throws {TypeError} for a redirect to elsewhere, after 20 redirects, and for a 307 or 308 whose body cannot be sent again.
 * @see {@link https://fetch.spec.whatwg.org/#http-redirect-fetch Fetch, HTTP-redirect fetch}
 */
export async function sendFollowing(
  copy: RequestCopy,
  fetch: Fetch,
  start: string,
  { checked, attach }: RedirectRules,
): Promise<Response> {
  // Who asked for another treatment of redirects gets it.
  if (copy.redirect !== "follow") return copy.send(fetch, start);
  let url = start;
  let method = copy.method.toUpperCase();
  let headers = copy.headers;
  let hasBody = copy.hasBody;
  let response = await copy.send(fetch, url, { redirect: "manual" });
  for (let followed = 0; ; followed++) {
    const { status } = response;
    const location = REDIRECTS.includes(status) ? response.headers.get("location") : null;
    if (location === null) break;
    // Frees the connection; what a body's cancellation says is of no interest.
    response.body?.cancel().catch(() => {});
    if (followed === MOST_REDIRECTS) {
      throw new TypeError(`redirect: expected at most ${MOST_REDIRECTS} in a row, received more`);
    }
    const next = checkedTarget(location, url, checked);
    headers = new Headers(headers);
    const dropsBody =
      status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
    if (dropsBody) {
      method = "GET";
      hasBody = false;
      for (const name of BODY_HEADERS) headers.delete(name);
    } else if (hasBody && !copy.isRepeatable) {
      throw new TypeError(
        `redirect: expected a body that can be sent again after a ${status}, received a stream`,
      );
    }
    if (new URL(next).origin !== new URL(url).origin) {
      for (const name of ORIGIN_HEADERS) headers.delete(name);
      attach(headers);
    }
    url = next;
    const changes = { redirect: "manual", method, headers } as const;
    response = await copy.send(fetch, url, hasBody ? changes : { ...changes, body: null });
  }
  if (url !== start) Object.defineProperty(response, "redirected", { value: true });
  return response;
}

/** Where a redirect leads, without the URL itself in an error: its query may hold a secret. */
function checkedTarget(location: string, from: string, checked: (url: string) => string): string {
  if (!URL.canParse(location, from)) {
    throw new TypeError("redirect: expected a URL in the Location header, received something else");
  }
  return checked(new URL(location, from).href);
}
