import "./no-jitter.ts";
import type { TokenEndpoint } from "../src/request/token-endpoint.ts";
import { fakeClock } from "../src/testing/fake-clock.ts";
import type { ServerOptions } from "../src/vendor/base-url.ts";
import type { CredentialsOf, CurrentCredentials } from "../src/vendor/current-credentials.ts";
import { createVendorTokenCache } from "../src/vendor/vendor-token-cache.ts";
import { createVendorTokenPool } from "../src/vendor/vendor-token-pool.ts";

export type Credentials = Readonly<Record<string, string | undefined>>;
type Client = { ask(credentials: Credentials): Response | Promise<Response> };
type Options = ServerOptions & { fetch?: unknown };

/** A response, its body, its status, or what the connection fails with. */
type Answer = object | number | Error | undefined;

const required = { required: true, secret: false };
const secret = { required: true, secret: true };
const optional = { required: false, secret: false };

/** A vendor with rotating refresh tokens whose client answers from a script; `undefined` never does. */
export function vendorOf(
  answers: readonly Answer[] | ((credentials: Credentials) => Answer),
  grants: TokenEndpoint<Client, Credentials>["grants"],
) {
  const asked: Credentials[] = [];
  const client: Client = {
    ask: (credentials) => {
      const answer = typeof answers === "function" ? answers(credentials) : answers[asked.length];
      asked.push(credentials);
      if (answer instanceof Error) throw answer;
      if (answer instanceof Response) return answer;
      if (answer === undefined) return new Promise<never>(() => {});
      return typeof answer === "number" ? new Response("", { status: answer }) : Response.json(answer);
    },
  };
  const endpoint: TokenEndpoint<Client, Credentials> = {
    vendor: "acme",
    grants,
    send: async ({ ask }, credentials) => {
      const response = await ask(credentials);
      const text = await response.text();
      return response.ok ? { data: text, response } : { error: text, response };
    },
    readToken: (body) => body as { accessToken: string },
    readError: () => undefined,
  };
  const servers = { sandbox: "https://sandbox.example.com", production: "https://api.example.com" };
  const vendor = {
    vendor: "acme",
    servers,
    clientOptions: ["fetch"],
    endpoint,
    createClient: (_options: Options | undefined) => {
      clients++;
      return client;
    },
  };
  let clients = 0;
  const clock = fakeClock();
  const cache = (credentials: CurrentCredentials<Credentials>, options: object = {}) =>
    createVendorTokenCache(vendor, credentials, { server: "sandbox", clock, ...options });
  const pool = (credentialsOf: CredentialsOf<Credentials>, options: object = {}) =>
    createVendorTokenPool(vendor, credentialsOf, { server: "sandbox", clock, ...options });
  return { asked, clock, cache, pool, clients: () => clients };
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
