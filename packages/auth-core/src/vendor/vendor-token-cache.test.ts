import { describe, expect, it } from "vitest";
import { type Credentials, issued, several, single, vendorOf } from "../../test-support/scripted-vendor.ts";

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
