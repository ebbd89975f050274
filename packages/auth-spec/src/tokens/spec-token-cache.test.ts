import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { authorizedFetch } from "@org/auth-core";
import { memoryStore } from "@org/auth-core/store";
import { describe, expect, it } from "vitest";
import { CREDENTIALS, vendor } from "../../test-support/scripted-vendor.ts";
import { createSpecTokenCache, type SpecTokenCacheOptions } from "./spec-token-cache.ts";

const BASIC: readonly Change[] = [
  [
    "/components/securitySchemes/client",
    { type: "http", scheme: "Basic", "x-credential": { username: "clientId", password: "clientSecret" } },
  ],
  [`${AT.operation}/security`, [{ client: [] }]],
  [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
];

const KEY_HEADER = {
  name: "X-Key",
  in: "header",
  required: true,
  schema: SECRET,
  "x-credential": "apiKey",
};

/** The message of the TypeError that creating a cache throws. */
function refusal(document: unknown, credentials: object, options: object = {}): string {
  try {
    createSpecTokenCache(document, credentials as never, options);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return "accepted";
}

describe("tokens straight from a specification", () => {
  it("are requested once, cached, and know where they may go", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    const tokens = createSpecTokenCache(acme(), CREDENTIALS, { fetch });
    const [one, other] = await Promise.all([tokens.getToken(), tokens.getToken()]);
    expect([one.accessToken, other.accessToken, requests.length]).toEqual(["abc", "abc", 1]);
    expect(tokens.baseUrl).toBe("https://api.acme.test");
    expect(await requests[0]?.json()).toEqual({ client_id: "id", client_secret: "s~e!c(r)e*t" });
  });

  it("have lifetime, type and scope as the response is mapped", async () => {
    const document = acme(
      [AT.response, object({ data: object({ t: SECRET, s: TEXT }, "t") }, "data")],
      [
        `${AT.success}/x-token-response`,
        {
          access_token: "$response.body#/data/t",
          scope: "$response.body#/data/s",
          expires_in: 60,
          token_type: "Token",
        },
      ],
    );
    const { fetch } = vendor({ data: { t: "abc", s: "a b" } });
    const token = await createSpecTokenCache(document, CREDENTIALS, { fetch }).getToken();
    expect(token).toMatchObject({ accessToken: "abc", scope: "a b", tokenType: "Token" });
    expect(token.expiresAt - Date.now()).toBeLessThanOrEqual(60_000);
  });

  it("take no option that only generated clients have", () => {
    expect(refusal(acme(), CREDENTIALS, { bodySerializer: String })).toBe(
      "acme: bodySerializer: expected no option of openapi-fetch, which is not used",
    );
    expect(refusal(acme(), CREDENTIALS, { bodySeraliser: String })).toContain(
      'unknown acme option "bodySeraliser": expected one of server, variables, baseUrl, fetch, headers',
    );
  });

  it("take credentials from a function, for each token request", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    const tokens = createSpecTokenCache(acme(), async () => CREDENTIALS, { fetch });
    await tokens.getToken();
    expect(requests).toHaveLength(1);
  });

  it("are asked for by HTTP Basic, both parts form-encoded", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    await createSpecTokenCache(acme(...BASIC), CREDENTIALS, { fetch }).getToken();
    const [scheme, encoded = ""] = requests[0]?.headers.get("authorization")?.split(" ") ?? [];
    expect([scheme, atob(encoded)]).toEqual(["Basic", "id:s%7Ee%21c%28r%29e*t"]);
    expect(await requests[0]?.text()).toBe('{"grant_type":"client_credentials"}');
  });

  it("are asked for by HTTP Basic with both parts as they are, where the server does not decode", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    const document = acme(...BASIC, ["/components/securitySchemes/client/x-credential/encoding", "raw"]);
    const credentials = { clientId: "a b", clientSecret: "s~e:c(r)e*t é+%" };
    await createSpecTokenCache(document, credentials, { fetch }).getToken();
    const [, encoded = ""] = requests[0]?.headers.get("authorization")?.split(" ") ?? [];
    expect(Buffer.from(encoded, "base64").toString()).toBe("a b:s~e:c(r)e*t é+%");
    expect(encoded).toMatch(/^[\w+/]+=*$/);
    expect(refusal(document, { ...credentials, clientId: "a:b" })).toBe(
      "acme: credentials.clientId: expected a non-empty string, received one with a colon, which ends the user name of HTTP Basic authentication",
    );
  });

  it("refuses a credential that would lead to another path", () => {
    const tenant = { in: "path", name: "tenant", required: true, "x-credential": "tenant", schema: TEXT };
    const { paths, ...others } = acme([`${AT.operation}/parameters`, [tenant]]);
    const document = { ...others, paths: { "/{tenant}/token": (paths as Record<string, object>)["/token"] } };
    for (const tenant of [".", ".."]) {
      expect(refusal(document, { ...CREDENTIALS, tenant })).toBe(
        "acme: credentials.tenant: expected a non-empty string, received one that leads to another path",
      );
    }
    expect(() => createSpecTokenCache(document, { ...CREDENTIALS, tenant: "a..b" } as never)).not.toThrow();
  });

  it("are asked for at the operation of the grant that the credentials name", async () => {
    const token = json(object({ t: SECRET }, "t"), {
      "x-token-response": { access_token: "$response.body#/t" },
    });
    const other = {
      security: [],
      "x-token-grant": "api_key",
      parameters: [KEY_HEADER],
      responses: { "201": token },
    };
    const document = acme(["/paths/~1other", { get: other }]);
    const { requests, fetch } = vendor({ t: "abc", access_token: "def" }, 201);
    const tokens = createSpecTokenCache(document, { grant: "api_key", apiKey: "k" }, { fetch });
    expect((await tokens.getToken()).accessToken).toBe("abc");
    expect(requests.map(({ method, url }) => [method, url])).toEqual([
      ["GET", "https://api.acme.test/other"],
    ]);
    expect(refusal(document, { clientId: "id" })).toBe(
      "acme: credentials.grant: expected one of client_credentials, api_key, received undefined",
    );
  });

  it("fail with the vendor's code and without a secret when the vendor refuses", async () => {
    const document = acme([
      `${AT.responses}/4XX`,
      json(object({ error: TEXT, text: TEXT }), {
        "x-token-error": { code: "$response.body#/error", message: "$response.body#/text" },
      }),
    ]);
    const { fetch } = vendor({ error: "bad", text: "not s~e!c(r)e*t" }, 401);
    const error = await createSpecTokenCache(document, CREDENTIALS, { fetch })
      .getToken()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ vendor: "acme", vendorStatus: 401, vendorCode: "bad" });
    expect(`${error.message} ${error.vendorMessage}`).not.toContain("s~e!c(r)e*t");
  });
});

describe("where tokens are issued", () => {
  const tenant = { tenant: { default: "" } };
  const document = acme(
    [AT.server, { url: "https://{tenant}.acme.test/v1", "x-name": "production", variables: tenant }],
    [
      `${AT.operation}/servers`,
      [{ url: "https://login.acme.test/{tenant}", "x-name": "production", variables: tenant }],
    ],
  );

  it("is the token operation's server; the token goes to the API's", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    const tokens = createSpecTokenCache(document, CREDENTIALS, { fetch, variables: { tenant: "shop" } });
    const authorized = authorizedFetch(tokens, { fetch });
    await authorized(`${tokens.baseUrl}/orders`);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://login.acme.test/shop/token",
      "https://shop.acme.test/v1/orders",
    ]);
    expect(requests[1]?.headers.get("authorization")).toBe("Bearer abc");
    for (const url of ["https://login.acme.test/shop/me", "https://other.acme.test/v1/orders"]) {
      await expect(authorized(url)).rejects.toThrow("the token may go to https://shop.acme.test, not to");
    }
    expect(requests).toHaveLength(2);
  });

  it("is the base URL that is given, which the token goes to as well", async () => {
    const { requests, fetch } = vendor({ access_token: "abc" });
    const baseUrl = "https://proxy.test/x";
    const tokens = createSpecTokenCache(document, CREDENTIALS, { fetch, baseUrl });
    await authorizedFetch(tokens, { fetch })(`${tokens.baseUrl}/orders`);
    expect(requests.map(({ url }) => url)).toEqual([`${baseUrl}/token`, `${baseUrl}/orders`]);
  });

  it("decides which stored token is shared", async () => {
    const store = memoryStore();
    const { requests, fetch } = vendor({ access_token: "abc" });
    for (const name of ["a", "a", "b", "A"]) {
      const options = { fetch, store, variables: { tenant: name } };
      await createSpecTokenCache(document, CREDENTIALS, options).getToken();
    }
    expect(requests.map(({ url }) => url)).toEqual(
      ["a", "b", "A"].map((name) => `https://login.acme.test/${name}/token`),
    );
  });

  it.each(["evil.test/", "a@b", ".."])("is not changed by the variable %j", (value) => {
    const message = refusal(document, CREDENTIALS, { variables: { tenant: value } });
    expect(message).toMatch(/^acme: variables.tenant: expected letters, digits/);
    expect(message).not.toContain(value);
  });
});

describe("a vendor is called", () => {
  const nameOf = (title: unknown, options: object = {}) =>
    refusal(acme(["/info/title", title]), {}, options).replace(/: .*/s, "");
  it.each([
    ["Acme", "acme"],
    ["  ACME Pay™ (v2)!", "acme-pay-v2"],
    ["™", "vendor"],
    [undefined, "vendor"],
    [7, "7"],
    [{ toString: "x" }, "tostring-x"],
  ])("after the title %j: %s", (title, name) => expect(nameOf(title)).toBe(name));

  it("what the options say", () => expect(nameOf("Acme", { vendor: "other" })).toBe("other"));
});

describe("refuses", () => {
  const two = acme(["/servers/1", { url: "https://sandbox.acme.test", "x-name": "sandbox" }]);
  const none = acme(["/servers", [{ url: "{baseUrl}" }]]);
  const table: [name: string, document: unknown, credentials: object, options: object, message: string][] = [
    [
      "a missing credential",
      acme(),
      { clientId: "id" },
      {},
      "acme: credentials.clientSecret: expected a non-empty string, received nothing",
    ],
    [
      "an empty credential",
      acme(),
      { ...CREDENTIALS, clientSecret: " " },
      {},
      "acme: credentials.clientSecret: expected a non-empty string, received an empty one",
    ],
    [
      "a server that has to be chosen",
      two,
      CREDENTIALS,
      {},
      'acme: server: expected one of "production", "sandbox", or a baseUrl, received neither',
    ],
    [
      "an unknown server",
      two,
      CREDENTIALS,
      { server: "live" },
      'acme: server: expected one of "production", "sandbox", received "live"',
    ],
    [
      "no URL where the vendor publishes none",
      none,
      CREDENTIALS,
      {},
      'acme: baseUrl: expected an https URL such as "https://api.example.com", since the vendor publishes no host, received none',
    ],
  ];
  it.each(table)("%s", (_name, document, credentials, options, message) => {
    expect(refusal(document, credentials, options)).toBe(message);
  });

  it("options that are not an object", () => {
    expect(refusal(acme(), CREDENTIALS, null as never)).toBe("options: expected an object, received null");
    expect(refusal(acme(), CREDENTIALS, "sandbox" as never)).toBe(
      "options: expected an object, received string",
    );
  });

  it("an unknown option and an unknown credential", () => {
    expect(refusal(acme(), CREDENTIALS, { sever: "production" })).toMatch(
      /^unknown acme option "sever": expected one of server, /,
    );
    expect(refusal(acme(), { ...CREDENTIALS, secret: "x" })).toMatch(
      /^unknown acme credential "secret": expected one of clientId/,
    );
  });

  it("what a header cannot carry, in a credential that goes into one only", () => {
    const document = acme([`${AT.operation}/parameters`, [KEY_HEADER]]);
    expect(refusal(document, { ...CREDENTIALS, apiKey: "a\nb" })).toMatch(
      /^acme: credentials.apiKey: .* a header cannot carry$/,
    );
    expect(refusal(document, { ...CREDENTIALS, clientSecret: "a\nb", apiKey: "k" })).toBe("accepted");
  });

  it("a URL that is not https", () => {
    expect(refusal(acme(), CREDENTIALS, { baseUrl: "http://api.acme.test" })).toMatch(
      /^acme: baseUrl: expected/,
    );
  });

  it("a specification that cannot be honoured, with all its problems", () => {
    const document = acme([`${AT.server}/x-name`, undefined], [`${AT.operation}/security`, undefined]);
    expect(refusal(document, CREDENTIALS)).toBe(
      [
        "the description has problems:",
        '  #/servers/0/x-name (server-shape): Expected a name in lower case that no other server has, such as "sandbox"; found nothing.',
        "  #/paths/~1token/post/security (operation-security): Expected security: [], since a token request carries no token, or one scheme with x-credential, such as HTTP Basic; found nothing.",
      ].join("\n"),
    );
    expect(refusal(null, CREDENTIALS)).toContain("# (document): Expected an OpenAPI description");
  });

  it("nothing of a server that is chosen, or a URL instead of one", () => {
    const baseUrlOf = (options: SpecTokenCacheOptions) =>
      createSpecTokenCache(two, CREDENTIALS, options).baseUrl;
    expect(baseUrlOf({ server: "sandbox" })).toBe("https://sandbox.acme.test");
    expect(baseUrlOf({ server: "sandbox", baseUrl: "https://proxy.acme.test/x/" })).toBe(
      "https://proxy.acme.test/x",
    );
    expect(createSpecTokenCache(none, CREDENTIALS, { baseUrl: "http://127.0.0.1:1" }).baseUrl).toBe(
      "http://127.0.0.1:1",
    );
  });
});
