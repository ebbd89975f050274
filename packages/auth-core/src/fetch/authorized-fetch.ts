import type { AccessToken } from "../access-token.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import type { TokenCache } from "../token-source.ts";
import { allowedTarget } from "./allowed-target.ts";

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
 * The token goes to the origin of `tokens.baseUrl` and to `allowedOrigins`, over https (loopback may be http). An
 * `Authorization` header that the caller set is left alone. A request is tried again only if its body can be sent
 * again: a stream cannot, nor can a `Request` whose body is not JSON, form or text; their 401 is handed through.
 *
 * @throws {TypeError} when there is no allowed origin, an option is unknown, or, on a call, the URL is not allowed.
 * @throws {TokenRequestError} on a call, when no token was obtained.
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
  const assertAllowed = allowedTarget(hasBaseUrl ? tokens.baseUrl : undefined, given.allowedOrigins ?? []);

  return async (input, init) => {
    const send: Fetch = given.fetch ?? globalThis.fetch;
    // Not `instanceof Request`: a `fetch` of one's own may come with a class of its own.
    const request = typeof input === "string" || input instanceof URL ? undefined : input;
    assertAllowed(request ? request.url : String(input));
    const headers = new Headers(init?.headers ?? request?.headers);
    if (headers.has("authorization")) return send(input, init);

    const signal = init?.signal ?? request?.signal;
    const again = repeatable(input, request, init);
    const attach = (to: string | URL | Request, token: AccessToken) => {
      headers.set("authorization", `${token.tokenType} ${token.accessToken}`);
      return send(to, { ...init, headers });
    };

    const token = tokens.peek() ?? (await tokens.getToken(signal ? { signal } : {}));
    const response = await attach(input, token);
    if (response.status !== 401) return response;
    tokens.invalidate(token);
    if (!again) return response;
    // Frees the connection; what a body's cancellation says is of no interest.
    response.body?.cancel().catch(() => {});
    return attach(again, await tokens.getToken(signal ? { signal } : {}));
  };
}

/** What to send on a second attempt, or `undefined` where the body is gone after the first. */
function repeatable<Input>(
  input: Input,
  request: Request | undefined,
  init?: RequestInit,
): Input | Request | undefined {
  if (init?.body instanceof ReadableStream || isAsyncIterable(init?.body)) return undefined;
  if (!request?.body || init?.body !== undefined) return input;
  // A Request does not say whether its body came from a stream, which a clone would buffer. These are short by nature.
  const type = request.headers.get("content-type") ?? "";
  const isText = /^(application\/(json|x-www-form-urlencoded)|text\/)/i.test(type);
  return isText ? request.clone() : undefined;
}

function isAsyncIterable(body: unknown): boolean {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
