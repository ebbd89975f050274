import type { SpecTokenCacheOptions } from "../src/tokens/spec-token-cache.ts";

/** Credentials of a vendor with one grant; the secret has characters that an encoding may break. */
export const CREDENTIALS = { clientId: "id", clientSecret: "s~e!c(r)e*t" };

/** A `fetch` with a scripted response that keeps what was sent. */
export function vendor(
  body: object,
  status = 200,
): { readonly requests: readonly Request[]; readonly fetch: SpecTokenCacheOptions["fetch"] } {
  const requests: Request[] = [];
  const fetch: SpecTokenCacheOptions["fetch"] = async (input, init) => {
    requests.push(new Request(input, init));
    return Response.json(body, { status });
  };
  return { requests, fetch };
}
