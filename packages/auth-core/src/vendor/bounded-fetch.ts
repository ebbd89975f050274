import { boundedResponse } from "../request/bounded-response.ts";

/** The `fetch` that an openapi-fetch client calls: with a `Request` and, on Node.js, what only its `fetch` understands. */
type RequestFetch = (request: Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for a vendor's typed client: at most 1 MiB of a response is read, after decompression; the body of a longer one
 * is cancelled and left out.
 *
 * @param fetch - makes the requests. Default: `globalThis.fetch` as it is at each request, so that one which a test or an
 * instrumentation puts there later is used.
 */
export function boundedFetch(fetch: RequestFetch | undefined): RequestFetch {
  return async (request, init) => {
    const send: RequestFetch = fetch ?? globalThis.fetch;
    return boundedResponse(await send(request, init), request.signal);
  };
}
