import type { SandboxRequest, SandboxResponse } from "../messages.ts";
import type { RunningVendor } from "../vendor/vendor.ts";

interface Base {
  readonly url: URL;
  readonly vendor: RunningVendor;
}

/** A `fetch` that hands requests to the vendors directly. */
export function createInProcessFetch(vendors: readonly RunningVendor[]): typeof globalThis.fetch {
  const bases: Base[] = vendors
    .flatMap((vendor) =>
      [...vendor.spec.servers, `https://${vendor.api.name}.sandbox.invalid`].map((url) => ({
        url: new URL(url),
        vendor,
      })),
    )
    // A vendor's server may lie below another vendor's, or below another of its own.
    .sort((a, b) => b.url.pathname.length - a.url.pathname.length);

  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const base = bases.find((candidate) => isBelow(url, candidate.url));
    if (base === undefined) {
      const valid = bases.map((one) => one.url.href).sort();
      throw new TypeError(
        `the sandbox serves no vendor at ${url.origin}${url.pathname}; expected a URL below ${valid.join(", ")}`,
      );
    }
    const { signal } = request;
    signal.throwIfAborted();
    const outcome = await base.vendor
      .handle(await sandboxRequest(request, base.url), signal)
      .catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error;
      });
    signal.throwIfAborted();
    if (outcome === "dropped") throw connectionCut();
    return toResponse(outcome, request.url);
  };
}

/** A request as the vendor at this base URL sees it. */
export async function sandboxRequest(request: Request, base: URL): Promise<SandboxRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname.slice(withoutSlash(base).length),
    query: search.slice(1),
    // Node.js adds this one to every request that has none; a vendor may require it.
    headers: { "user-agent": "node", ...Object.fromEntries(request.headers) },
    body: await request.text(),
  };
}

function isBelow(url: URL, base: URL): boolean {
  return url.origin === base.origin && `${url.pathname}/`.startsWith(`${withoutSlash(base)}/`);
}

function withoutSlash({ pathname }: URL): string {
  return pathname.replace(/\/$/, "");
}

function toResponse({ status, headers, body }: SandboxResponse, url: string): Response {
  const response = new Response(body === "" ? null : body, { status, headers: { ...headers } });
  return Object.defineProperty(response, "url", { value: url });
}

// Node.js's message and code, for callers that look at them.
function connectionCut(): TypeError {
  const cause = Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
  return new TypeError("fetch failed", { cause });
}
