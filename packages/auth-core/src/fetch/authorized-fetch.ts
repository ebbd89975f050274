import type { AccessToken } from "../access-token.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import type { TokenCache } from "../token-source.ts";
import { allowedTarget } from "./allowed-target.ts";
import { copyRequest, type RequestCopy } from "./request-copy.ts";

/** The part of `fetch` that every runtime has. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How `authorizedFetch` behaves. */
export interface AuthorizedFetchOptions {
  /** Makes the requests. Default: `globalThis.fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Origins, besides the vendor's own, to which the token may be sent, such as `"https://api.example.com"`. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

/**
 * A `fetch` that attaches the token, and on a 401 renews it and tries once more.
 *
 * What is sent is what `fetch` would send for the same arguments, as they were at the call. The token goes to the origin
 * of `tokens.baseUrl` and to `allowedOrigins`, over https (loopback may be http). An `Authorization` header that the
 * caller set is left alone. A request is tried again only if its body can be sent again: a stream cannot, nor can a
 * `Request` whose body is not JSON, form or text; their 401 is handed through.
 *
 * @throws {TypeError} when there is no allowed origin, an option is unknown, or, on a call, the URL is not allowed.
 * @throws {TokenRequestError} on a call, when no token was obtained. A stream that was to be sent is cancelled.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750, section 2.1}
 */
export function authorizedFetch(
  tokens: TokenCache & { readonly baseUrl?: string },
  options: AuthorizedFetchOptions = {},
): Fetch {
  refuseUnknown("option", Object.keys(options), ["fetch", "allowedOrigins"]);
  // Nothing is believed that somebody put on `Object.prototype`.
  const given: AuthorizedFetchOptions = Object.assign(Object.create(null), options);
  const hasBaseUrl = Object.hasOwn(tokens, "baseUrl") || !("baseUrl" in Object.prototype);
  const checked = allowedTarget(hasBaseUrl ? tokens.baseUrl : undefined, given.allowedOrigins ?? []);

  const tokenFor = ({ signal }: RequestCopy) => tokens.getToken(signal ? { signal } : {});

  return async (input, init) => {
    const send: Fetch = given.fetch ?? globalThis.fetch;
    const copy = copyRequest(input, init);
    const attempt = (url: string, token: AccessToken) => {
      copy.headers.set("authorization", `${token.tokenType} ${token.accessToken}`);
      return copy.send(send, url);
    };
    const giveUp = (error: unknown): never => {
      copy.release(error);
      throw error;
    };

    let url: string;
    try {
      url = checked(copy.url);
    } catch (error) {
      return giveUp(error);
    }
    if (copy.headers.has("authorization")) return copy.send(send, url);
    const token = tokens.peek() ?? (await tokenFor(copy).catch(giveUp));
    const first = await attempt(url, token);
    if (first.status !== 401) return first;
    tokens.invalidate(token);
    if (!copy.isRepeatable) return first;
    // Frees the connection; what a body's cancellation says is of no interest.
    first.body?.cancel().catch(() => {});
    return attempt(url, await tokenFor(copy).catch(giveUp));
  };
}
