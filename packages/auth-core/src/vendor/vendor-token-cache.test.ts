import { describe, expect, it } from "vitest";
import { type Credentials, issued, several, single, vendorOf } from "../../test-support/scripted-vendor.ts";
import { CLIENT_OPTIONS } from "./client-options.ts";

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
      "a line break in one that is sent in a header",
      { ...good, apiKey: "secret\n" },
      "acme: credentials.apiKey: expected a non-empty string, received one with a line break or another character outside printable ASCII, which a header cannot carry",
    ],
    [
      "a misspelt one",
      { ...good, clientsecret: "x" },
      'unknown acme credential "clientsecret": expected one of clientId, clientSecret, scope, apiKey',
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

  it.each(["Zürich2026", "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n", "\u{1F511}"])(
    "may be any text where no header carries them: %j",
    async (clientSecret) => {
      const { cache, asked } = vendorOf([issued("a")], single);
      await cache({ ...good, clientSecret }).getToken();
      expect(asked).toEqual([{ ...good, clientSecret }]);
    },
  );

  it("are read once: what was checked is what is sent", async () => {
    let reads = 0;
    const credentials = {
      clientId: "id",
      get clientSecret() {
        return reads++ === 0 ? "secret" : "";
      },
    };
    const { cache, asked } = vendorOf([issued("a")], single);
    await cache(credentials).getToken();
    expect(asked).toEqual([good]);
  });

  it("and options do not come from Object.prototype", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    const polluted = Object.prototype as { scope?: string; baseUrl?: string };
    Object.assign(polluted, { scope: "admin", baseUrl: "https://elsewhere.example" });
    try {
      const tokens = cache(good);
      expect(tokens.baseUrl).toBe("https://sandbox.example.com");
      await tokens.getToken();
      expect(asked[0]?.scope).toBeUndefined();
    } finally {
      delete polluted.scope;
      delete polluted.baseUrl;
    }
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
      `unknown acme option "servr": expected one of server, variables, baseUrl, ${CLIENT_OPTIONS.join(", ")}, leeway, defaultLifetime, shareRequests, onEvent, clock, store, storeKey, attempts, timeout`,
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
    [{ attempts: 0 }, "attempts: expected a whole number from 1, such as 3, received 0"],
    [{ attempts: 1.5 }, "attempts: expected a whole number from 1, such as 3, received 1.5"],
    [{ timeout: 0 }, "timeout: expected milliseconds above 0, at most 60000, such as 10000, received 0"],
    [
      { timeout: 60_001 },
      "timeout: expected milliseconds above 0, at most 60000, such as 10000, received 60001",
    ],
    [
      { timeout: "2s" },
      'timeout: expected milliseconds above 0, at most 60000, such as 10000, received "2s"',
    ],
    [{ attempts: "3" }, 'attempts: expected a whole number from 1, such as 3, received "3"'],
    [{ fetch: "https://a.example" }, "acme: fetch: expected a function, received string"],
    ...["?tenant=7", "?", "#part"].map((more): [object, string] => [
      { baseUrl: `https://a.example/v1${more}` },
      `acme: baseUrl: expected a URL without a query or a fragment, such as "https://api.example.com/v1", received one with a ${more.startsWith("#") ? "fragment" : "query"}`,
    ]),
  ])("%j: TypeError", (options, message) => {
    expect(() => cache(credentials, options)).toThrow(new TypeError(message));
  });

  it.each(["https://user:pa ss@:99999", "user@pass word", "//user:hunter2@host"])(
    "do not print what may be a password in a malformed base URL",
    (baseUrl) => {
      expect(() => cache(credentials, { baseUrl })).toThrow(/not shown: it may hold a password/);
    },
  );

  it("name a server, or a base URL that wins over it", () => {
    expect(cache(credentials).baseUrl).toBe("https://sandbox.example.com");
    expect(cache(credentials, { baseUrl: "http://127.0.0.1:4010/acme/" }).baseUrl).toBe(
      "http://127.0.0.1:4010/acme",
    );
  });

  it("say how often the vendor is asked, and how long one request may take, to the tick", async () => {
    const { cache, asked, clock } = vendorOf([undefined, undefined], single);
    let outcome: unknown;
    cache(credentials, { attempts: 2, timeout: 2000 })
      .getToken()
      .catch((error: unknown) => {
        outcome = error;
      });
    await clock.advance(0);
    await clock.advance(1999);
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    await clock.advance(0);
    expect(asked).toHaveLength(2);
    await clock.advance(1999);
    expect(outcome).toBeUndefined();
    await clock.advance(1);
    expect(outcome).toMatchObject({ code: "timeout", attempts: 2 });
    expect(String(outcome)).toContain("within 2000 ms");
  });
});
