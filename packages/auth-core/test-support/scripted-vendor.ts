import "./no-jitter.ts";
import type { Clock } from "../src/clock.ts";
import type { TokenResponseMapping } from "../src/request/response-mapping.ts";
import type { TokenEndpoint, TokenResponse } from "../src/request/token-endpoint.ts";
import { fakeClock } from "../src/testing/fake-clock.ts";
import type { ServerOptions } from "../src/vendor/base-url.ts";
import type { CredentialsOf, CurrentCredentials } from "../src/vendor/current-credentials.ts";
import { createVendorTokenCache } from "../src/vendor/vendor-token-cache.ts";
import { createVendorTokenPool } from "../src/vendor/vendor-token-pool.ts";

export type Credentials = Readonly<Record<string, string | undefined>>;
type Endpoint = TokenEndpoint<object, Credentials>;
type Options = ServerOptions & { fetch?: unknown };

/** A response, its body, its status, or what the connection fails with. */
type Scripted = object | number | Error | undefined;

const required = { required: true, secret: false };
const secret = { required: true, secret: true };
const optional = { required: false, secret: false };
const TOKEN: TokenResponseMapping = {
  access_token: "$response.body#/accessToken",
  expires_in: "$response.body#/expiresIn",
  refresh_token: "$response.body#/refreshToken",
};
/** A mapping of responses that never hold a refresh token. */
export const NEVER_ROTATED: TokenResponseMapping = {
  access_token: "$response.body#/accessToken",
  expires_in: "$response.body#/expiresIn",
};

/** Makes caches and pools for a vendor whose token endpoint is a function. */
export function vendorThat(
  send: (credentials: Credentials) => Promise<TokenResponse>,
  grants: Endpoint["grants"],
  clock: Clock,
  token: TokenResponseMapping = TOKEN,
) {
  let clients = 0;
  const endpoint: Endpoint = {
    vendor: "acme",
    grants,
    responses: Object.fromEntries(Object.keys(grants).map((grant) => [grant, { token, errors: {} }])),
    send: (_client, credentials) => send(credentials),
  };
  const servers = {
    sandbox: { url: "https://sandbox.example.com" },
    production: { url: "https://api.example.com" },
  };
  const createClient = (_options: Options | undefined) => {
    clients++;
    return {};
  };
  const vendor = { vendor: "acme", servers, endpoint, createClient };
  return {
    cache: (credentials: CurrentCredentials<Credentials>, options: object = {}) =>
      createVendorTokenCache(vendor, credentials, { server: "sandbox", clock, ...options }),
    pool: (credentialsOf: CredentialsOf<Credentials>, options: object = {}) =>
      createVendorTokenPool(vendor, credentialsOf, { server: "sandbox", clock, ...options }),
    clients: () => clients,
  };
}

/** A vendor that follows a script; `undefined` in it is a request that hangs. */
export function vendorOf(
  script: readonly Scripted[] | ((credentials: Credentials) => Scripted),
  grants: Endpoint["grants"],
  token?: TokenResponseMapping,
) {
  const asked: Credentials[] = [];
  const clock = fakeClock();
  const send = async (credentials: Credentials): Promise<TokenResponse> => {
    const next = typeof script === "function" ? script(credentials) : script[asked.length];
    asked.push(credentials);
    if (next instanceof Error) throw next;
    if (next === undefined) return new Promise<never>(() => {});
    const response =
      next instanceof Response
        ? next
        : typeof next === "number"
          ? new Response("", { status: next })
          : Response.json(next);
    const text = await response.text();
    return response.ok ? { data: text, response } : { error: text, response };
  };
  return { asked, clock, ...vendorThat(send, grants, clock, token) };
}

/** A vendor with one grant. */
export const single = {
  client_credentials: {
    clientId: required,
    clientSecret: secret,
    scope: optional,
    apiKey: { required: false, secret: true, header: true },
  },
};
/** A vendor with refresh tokens. */
export const several = {
  client_credentials: { clientId: required, clientSecret: secret },
  refresh_token: {
    clientId: required,
    refreshToken: secret,
    clientSecret: { required: false, secret: true },
  },
  authorization_code: { clientId: required, code: secret },
};
/** In seconds. */
export const HOUR = 3600;
/** A response that issues a token for an hour. */
export const issued = (accessToken: string, refreshToken?: string) => ({
  accessToken,
  refreshToken,
  expiresIn: HOUR,
});
