import { type ApiTokenCache, authorizedFetch } from "@org/auth-core";

/** The URL and headers of an authorized call. */
export interface AuthorizedCall {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * What `authorizedFetch` would send to a URL on the vendor's own origin.
 *
 * @throws {TypeError} for a URL that the token may not go to, before it is requested.
 * @throws {TokenRequestError} when no token was obtained.
 */
export async function authorizedCall(tokens: ApiTokenCache, url: string): Promise<AuthorizedCall> {
  let call: AuthorizedCall = { url, headers: [] };
  const send = authorizedFetch(tokens, {
    fetch: async (input, init) => {
      const headers = [...new Headers(init?.headers)].map(([name, value]) => [titled(name), value] as const);
      call = { url: input instanceof Request ? input.url : String(input), headers };
      return new Response();
    },
  });
  await send(url);
  return call;
}

/** `Authorization` instead of `authorization`, for readability; HTTP accepts both. */
function titled(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}
