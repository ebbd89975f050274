import { boundedResponse } from "../request/bounded-response.ts";
import { RUNTIME_OPTIONS, type RuntimeRequestInit } from "./client-options.ts";

/** The `fetch` that an openapi-fetch client calls: with a `Request` and, on Node.js, what only its `fetch` understands. */
type RequestFetch = (request: Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for a vendor's client: at most 1 MiB of a response is read, after decompression; the body of a longer one is
 * cancelled and left out.
 *
 * @param options - those of the client. Its `fetch` makes the requests, by default `globalThis.fetch` as it is at each
 * request, so that one which a test or an instrumentation puts there later is used; with it go the members of `RequestInit`
 * that only this runtime knows.
 */
export function boundedFetch(
  options: { fetch?: RequestFetch | undefined } & RuntimeRequestInit,
): RequestFetch {
  const known = Object.entries(options).filter(([name]) => RUNTIME_OPTIONS.includes(name));
  const extension = Object.fromEntries(known);
  return async (request, init) => {
    const send: RequestFetch = options.fetch ?? globalThis.fetch;
    const extended = known.length > 0 ? { ...init, ...extension } : init;
    return boundedResponse(await send(request, extended), request.signal);
  };
}
