import { type Fetch, RUNTIME_MEMBERS } from "../fetch/request-copy.ts";
import { boundedResponse } from "../request/bounded-response.ts";
import type { RuntimeRequestInit } from "./client-options.ts";

/** The `fetch` that an openapi-fetch client calls: with a `Request` and, on Node.js, options that only its `fetch` has. */
type RequestFetch = (request: Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for a vendor's client: at most 1 MiB of a response is read, after decompression; the body of a longer one is
 * cancelled and left out.
 *
 * @param options - those of the client. Its `fetch` makes the requests, by default `globalThis.fetch`, looked up at each
 * request so that a test or an instrumentation may replace it later. It also gets the members of `RequestInit` that only
 * this runtime has. A `fetch` that does not know our `Request`, such as npm undici's, gets a URL and an `init`.
 */
export function boundedFetch(
  options: { fetch?: RequestFetch | undefined } & RuntimeRequestInit,
): RequestFetch {
  const known = Object.entries(options).filter(([name]) => RUNTIME_MEMBERS.some((member) => member === name));
  const extension = Object.fromEntries(known);
  return async (request, init) => {
    const send: RequestFetch = options.fetch ?? globalThis.fetch;
    const extended = known.length > 0 ? { ...init, ...extension } : init;
    let response: Response;
    try {
      response = await send(request, extended);
    } catch (error) {
      if (!tookForUrl(error)) throw error;
      response = await sendApart(send, request, extended);
    }
    return boundedResponse(response, request.signal);
  };
}

/** Whether a `fetch` failed before it sent anything because it has another `Request` class and treated ours as a URL. */
function tookForUrl(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, input, cause } = error as Error & { code?: unknown; input?: unknown };
  return (code === "ERR_INVALID_URL" && input === "[object Request]") || tookForUrl(cause);
}

async function sendApart(send: RequestFetch, request: Request, init?: RequestInit): Promise<Response> {
  const { url, method, redirect, signal } = request;
  const body = request.body ? { body: await request.arrayBuffer() } : {};
  return (send as Fetch)(url, { method, redirect, signal, headers: [...request.headers], ...body, ...init });
}
