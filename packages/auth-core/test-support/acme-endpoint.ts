import { requestToken } from "../src/request/request-token.ts";
import type { TokenEndpoint, TokenRequestInit } from "../src/request/token-endpoint.ts";
import { type FakeClock, fakeClock } from "../src/testing/fake-clock.ts";
import type { TokenRequestError } from "../src/token-request-error.ts";

export const SECRET = "s3cr3t/with+odd chars";
export const credentials = { clientId: "id", clientSecret: SECRET };
/** A client that is just the function that responds. */
export type Send = (init: TokenRequestInit) => Response | Promise<Response>;

/** An endpoint whose client is the function that responds. */
export const endpoint: TokenEndpoint<Send, typeof credentials> = {
  vendor: "acme",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
    },
  },
  send: async (client, _credentials, init) => {
    const response = await client(init);
    const text = await response.text();
    return response.ok ? { data: text, response } : { error: text, response };
  },
  responses: {
    client_credentials: {
      token: {
        access_token: "$response.body#/token",
        token_type: "$response.body#/tokenType",
        expires_in: "$response.body#/expiresIn",
        expires_at: "$response.body#/expiresAt",
        scope: "$response.body#/scope",
        refresh_token: "$response.body#/refreshToken",
      },
      errors: {
        401: [
          {
            code: "$response.body#/problem/code",
            reason: "$response.body#/problem/reason",
            message: "$response.body#/problem/message",
          },
        ],
      },
    },
  },
};

export const respond = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers });

/** Asks with these responses in turn and lets time pass whenever the request waits. */
export async function ask(
  responses: readonly (Response | Error)[],
  options: { clock?: FakeClock; attempts?: number } = {},
) {
  const clock = options.clock ?? fakeClock();
  let asked = 0;
  const client: Send = () => {
    const next = responses[asked++];
    if (next instanceof Response) return next;
    throw next ?? new Error("asked too often");
  };
  const started = clock.monotonic();
  const result = requestToken(endpoint, client, credentials, { clock, attempts: options.attempts }).then(
    (token) => ({ token, error: undefined }),
    (error: TokenRequestError) => ({ token: undefined, error }),
  );
  let settled = false;
  result.finally(() => {
    settled = true;
  });
  while (!settled) await clock.advance(50);
  return { ...(await result), asked, waited: clock.monotonic() - started };
}
