import "../../test-support/no-jitter.ts";
import { describe, expect, it } from "vitest";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import type { TokenRequestError } from "../token-request-error.ts";
import type { ServerOptions } from "./base-url.ts";
import { createVendorTokenCache } from "./vendor-token-cache.ts";

type Credentials = Readonly<Record<string, string | undefined>>;
type Client = { ask(credentials: Credentials): Response };
type Options = ServerOptions & { fetch?: unknown };

const required = { required: true, secret: false };
const secret = { required: true, secret: true };
const optional = { required: false, secret: false };

/** A vendor with rotating refresh tokens whose client answers from a script. */
function vendorOf(
  answers: readonly (object | number)[],
  grants: TokenEndpoint<Client, Credentials>["grants"],
) {
  const asked: Credentials[] = [];
  const client: Client = {
    ask: (credentials) => {
      const answer = answers[asked.length];
      asked.push(credentials);
      return typeof answer === "number" ? new Response("", { status: answer }) : Response.json(answer);
    },
  };
  const endpoint: TokenEndpoint<Client, Credentials> = {
    vendor: "acme",
    grants,
    send: async ({ ask }, credentials) => {
      const response = ask(credentials);
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
    createClient: (_options: Options | undefined) => client,
  };
  const clock = fakeClock();
  const cache = (credentials: Credentials, options: object = {}) =>
    createVendorTokenCache(vendor, credentials, { server: "sandbox", clock, ...options });
  return { asked, clock, cache };
}

const single = { client_credentials: { clientId: required, clientSecret: secret, scope: optional } };
const several = {
  client_credentials: { clientId: required, clientSecret: secret },
  refresh_token: {
    clientId: required,
    refreshToken: secret,
    clientSecret: { required: false, secret: true },
  },
  authorization_code: { clientId: required, code: secret },
};
const HOUR = 3600;
const issued = (accessToken: string, refreshToken?: string) => ({
  accessToken,
  refreshToken,
  expiresIn: HOUR,
});

describe("credentials", () => {
  const good = { clientId: "id", clientSecret: "secret" };

  it.each<[name: string, credentials: unknown, message: string]>([
    ["no object", undefined, "acme: credentials: expected an object, received undefined"],
    ["null", null, "acme: credentials: expected an object, received null"],
    [
      "a missing one",
      { clientId: "id" },
      "acme: credentials.clientSecret: expected a non-empty string, received nothing",
    ],
    [
      "an empty one",
      { ...good, clientSecret: "" },
      "acme: credentials.clientSecret: expected a non-empty string, received an empty one",
    ],
    [
      "a blank one",
      { ...good, clientId: " \n" },
      "acme: credentials.clientId: expected a non-empty string, received an empty one",
    ],
    [
      "a number",
      { ...good, clientSecret: 7 },
      "acme: credentials.clientSecret: expected a non-empty string, received number",
    ],
    [
      "a line break",
      { ...good, clientSecret: "secret\n" },
      "acme: credentials.clientSecret: expected a non-empty string, received one with a line break or another character outside printable ASCII",
    ],
    [
      "a misspelt one",
      { ...good, clientsecret: "x" },
      'unknown acme credential "clientsecret": expected one of clientId, clientSecret, scope',
    ],
    [
      "an empty optional one",
      { ...good, scope: "" },
      "acme: credentials.scope: expected a non-empty string, received an empty one",
    ],
  ])("%s: TypeError", (_name, credentials, message) => {
    const { cache } = vendorOf([], single);
    expect(() => cache(credentials as Credentials)).toThrow(new TypeError(message));
  });

  it.each<[unknown, string]>([
    [
      { ...good },
      "acme: credentials.grant: expected one of client_credentials, refresh_token, authorization_code, received undefined",
    ],
    [
      { ...good, grant: "password" },
      "acme: credentials.grant: expected one of client_credentials, refresh_token, authorization_code, received password",
    ],
    [
      { ...good, grant: "toString" },
      "acme: credentials.grant: expected one of client_credentials, refresh_token, authorization_code, received toString",
    ],
    [
      { ...good, grant: "authorization_code" },
      'unknown acme credential "clientSecret": expected one of grant, clientId, code',
    ],
  ])("of a vendor with several grants must fit the grant %#", (credentials, message) => {
    const { cache } = vendorOf([], several);
    expect(() => cache(credentials as Credentials)).toThrow(new TypeError(message));
  });

  it("may leave optional ones undefined, and are copied", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    const credentials = { ...good, scope: undefined };
    const tokens = cache(credentials);
    credentials.clientId = "changed";
    await tokens.getToken();
    expect(asked).toEqual([{ ...good, scope: undefined }]);
  });
});

describe("options", () => {
  const credentials = { clientId: "id", clientSecret: "secret" };
  const { cache } = vendorOf([], single);

  it.each([
    [
      { servr: "sandbox" },
      'unknown acme option "servr": expected one of server, baseUrl, fetch, leeway, defaultLifetime, shareRequests, onEvent, clock, store, storeKey',
    ],
    [{ server: "staging" }, 'acme: server: expected one of "sandbox", "production", received "staging"'],
    [
      { server: undefined },
      'acme: server: expected one of "sandbox", "production", or a baseUrl, received neither',
    ],
    [
      { baseUrl: "ftp://a.example" },
      'acme: baseUrl: expected an absolute https URL such as "https://api.example.com" (http only to loopback), received ftp://a.example',
    ],
    [
      { baseUrl: "http://a.example" },
      'acme: baseUrl: expected an absolute https URL such as "https://api.example.com" (http only to loopback), received http://a.example',
    ],
    [
      { baseUrl: "nonsense" },
      'acme: baseUrl: expected an absolute https URL such as "https://api.example.com", received "nonsense"',
    ],
  ])("%j: TypeError", (options, message) => {
    expect(() => cache(credentials, options)).toThrow(new TypeError(message));
  });

  it("name a server, or a base URL that wins over it", () => {
    expect(cache(credentials).baseUrl).toBe("https://sandbox.example.com");
    expect(cache(credentials, { baseUrl: "http://127.0.0.1:4010/acme/" }).baseUrl).toBe(
      "http://127.0.0.1:4010/acme",
    );
  });
});

describe("refresh tokens", () => {
  const credentials = { grant: "client_credentials", clientId: "id", clientSecret: "secret" };
  const refresh = (refreshToken: string) => ({
    grant: "refresh_token",
    clientId: "id",
    refreshToken,
    clientSecret: "secret",
  });
  const codeOf = (wait: Promise<unknown>) => wait.catch((error: TokenRequestError) => error.code);

  it("renew the token, and a rotated one replaces the one before", async () => {
    const { cache, asked, clock } = vendorOf(
      [issued("a", "r1"), issued("b", "r2"), issued("c", "r3")],
      several,
    );
    const tokens = cache(credentials);
    for (const accessToken of ["a", "b", "c"]) {
      expect(await tokens.getToken()).toMatchObject({ accessToken });
      await clock.advance(HOUR * 1000);
    }
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r2")]);
  });

  it("are kept when the vendor leaves them out", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), issued("b"), issued("c")], several);
    const tokens = cache(credentials);
    for (let renewal = 0; renewal < 3; renewal++) {
      await tokens.getToken();
      await clock.advance(HOUR * 1000);
    }
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r1")]);
  });

  it("are used after an invalidation, too", async () => {
    const { cache, asked } = vendorOf([issued("a", "r1"), issued("b")], several);
    const tokens = cache(credentials);
    tokens.invalidate(await tokens.getToken());
    await tokens.getToken();
    expect(asked).toEqual([credentials, refresh("r1")]);
  });

  it.each([400, 401, 403])("that are refused with %i fall back to the original grant", async (status) => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), status, issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b", refreshToken: "r2" });
    expect(asked).toEqual([credentials, refresh("r1"), credentials]);
  });

  it("of an authorization code that are refused end in an error that says to authorize again", async () => {
    const code = { grant: "authorization_code", clientId: "id", code: "c1" };
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), 400], several);
    const tokens = cache(code);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const error = await tokens.getToken().catch((thrown: TokenRequestError) => thrown);
    expect(error).toMatchObject({ code: "authorization_required", cause: { vendorStatus: 400 } });
    expect((error as Error).message).toContain("authorize again");
    expect(asked).toHaveLength(2);
  });

  it("that an authorization code did not come with are not replaced by using the code twice", async () => {
    const { cache, asked, clock } = vendorOf([issued("a")], several);
    const tokens = cache({ grant: "authorization_code", clientId: "id", code: "c1" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    expect(asked).toHaveLength(1);
  });

  it("given as credentials are spent once and then rotated", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r2"), issued("b", "r3")], several);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked.map(({ refreshToken }) => refreshToken)).toEqual(["r1", "r2"]);
  });

  it("are of no use to a vendor without that grant", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), issued("b")], single);
    const tokens = cache({ clientId: "id", clientSecret: "secret" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked[1]).toEqual(asked[0]);
  });

  it("survive a transient failure", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), 503, issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const renewed = tokens.getToken();
    for (let wait = 0; wait < 20; wait++) await clock.advance(100);
    expect(await renewed).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r1")]);
  });
});
