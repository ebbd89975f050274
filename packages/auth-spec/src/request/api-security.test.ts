import { AT, acme, type Change, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../../test-support/findings.ts";
import { readTokenOperations } from "../read-token-operations.ts";
import { rulesOf } from "../tokens/credential-rules.ts";
import { tokenRequest } from "../tokens/send-token-request.ts";
import { credentialsOf } from "./grants.ts";

const SCHEMES = "/components/securitySchemes";

describe("calls of the API", () => {
  const presented = (...schemes: object[]): Change[] => [
    [SCHEMES, Object.fromEntries(schemes.map((scheme, index) => [`s${index}`, scheme]))],
    ["/security", [Object.fromEntries(schemes.map((_, index) => [`s${index}`, []]))]],
  ];
  const bearer = { type: "http", scheme: "bearer" };
  const header = { type: "apiKey", in: "header", name: "X-Token" };
  const cookie = { type: "apiKey", in: "cookie", name: "session" };
  const key = { type: "apiKey", in: "header", name: "X-Key", "x-credential": "clientSecret" };
  const version: Change = [
    `${AT.request}/properties/version`,
    { ...TEXT, default: "2", "x-credential": "version" },
  ];

  it.each<[name: string, changes: readonly Change[], security: object | undefined]>([
    ["nothing is said", [], undefined],
    ["nothing is required", [["/security", []]], undefined],
    ["they take Bearer", presented(bearer), undefined],
    ["they take Bearer, in capitals", presented({ ...bearer, scheme: "Bearer" }), undefined],
    ["they take a token of OAuth", presented({ type: "oauth2", flows: {} }), undefined],
    ["they take a token of OpenID Connect", presented({ type: "openIdConnect" }), undefined],
    [
      "they take another scheme",
      presented({ type: "http", scheme: "Token" }),
      { token: { in: "header", name: "Authorization", scheme: "Token" } },
    ],
    ["they take a header", presented(header), { token: { in: "header", name: "X-Token" } }],
    ["they take a cookie", presented(cookie), { token: { in: "cookie", name: "session" } }],
    [
      "they take the raw header",
      presented({ ...header, name: "Authorization" }),
      { token: { in: "header", name: "Authorization" } },
    ],
    [
      "they take a credential beside the token",
      presented(bearer, key),
      { companions: [{ in: "header", name: "X-Key", credential: "clientSecret" }] },
    ],
    [
      "they take a credential that has a default",
      [version, ...presented(cookie, { ...key, in: "cookie", "x-credential": "version" })],
      {
        token: { in: "cookie", name: "session" },
        companions: [{ in: "cookie", name: "X-Key", credential: "version", default: "2" }],
      },
    ],
    [
      "they take a credential of their own that has a default",
      presented(bearer, { ...key, "x-credential": { name: "version", default: "2024-04" } }),
      { companions: [{ in: "header", name: "X-Key", credential: "version", default: "2024-04" }] },
    ],
    ["they take a certificate", presented({ type: "mutualTLS" }, bearer), { mutualTLS: true }],
  ])("are read where %s", (_name, changes, security) => {
    const { operations, problems } = readTokenOperations(acme(...changes));
    expect(problems).toEqual([]);
    expect(operations.map((operation) => operation.security)).toEqual([security]);
  });

  it("ask the caller for what no token request sends", () => {
    const own = { ...key, "x-credential": "apiKey", description: "Of the portal." };
    const version = { ...key, name: "X-Version", "x-credential": { name: "version", default: "2024-04" } };
    const { operations, problems } = readTokenOperations(acme(...presented(bearer, own, version)));
    expect(problems).toEqual([]);
    const [operation] = operations;
    const [grant] = operation?.grants ?? [];
    if (!operation || !grant) throw new Error("expected a grant");
    expect(credentialsOf(grant).slice(2)).toEqual([
      { name: "apiKey", description: "Of the portal.", required: true, secret: true, default: undefined },
      { name: "version", description: "", required: false, secret: false, default: "2024-04" },
    ]);
    expect(rulesOf(grant, operation.security)).toMatchObject({
      apiKey: { required: true, secret: true, header: true },
      version: { required: false, secret: false, header: true },
    });
    const [{ credentials } = { credentials: {} }] = grant.examples;
    expect(credentials).toMatchObject({ apiKey: "example-apiKey", version: "2024-04" });
    const request = tokenRequest(operation, grant, credentials, { baseUrl: "https://api.acme.test" });
    expect([...request.headers.keys()]).toEqual(["accept", "content-type"]);
  });

  const refused = (expected: string, found: string, pointer = "s0"): Finding => [
    "api-security",
    `${SCHEMES}/${pointer}`,
    expected,
    found,
  ];
  const after = "a scheme that precedes a token, such as bearer or Token";
  const beside = "a scheme that carries the token beside the others, such as an http scheme bearer";
  findsIn([
    [
      "are refused with the token in the query",
      presented({ ...header, in: "query" }),
      refused(
        "an apiKey in a header or a cookie, since URLs end up in logs (RFC 9700, section 4.3.2)",
        "apiKey in query, which is not supported",
      ),
    ],
    [
      "are refused with HTTP Basic, which carries no token",
      presented({ type: "http", scheme: "Basic" }),
      refused(after, "scheme: Basic, which is not supported"),
    ],
    [
      "are refused with a scheme of two words",
      presented({ type: "http", scheme: "My Token" }),
      refused(after, "scheme: My Token, which is not supported"),
    ],
    [
      "are refused with a header that says something else",
      presented({ ...header, name: "Content-Type" }),
      refused('the name of a header, such as "X-Access-Token"', '"Content-Type"', "s0/name"),
    ],
    [
      "are refused with a scheme that is not there",
      [["/security", [{ s0: [] }]]],
      refused("type: http, apiKey, oauth2, openIdConnect or mutualTLS", "nothing"),
    ],
    [
      "are refused with the token in two places",
      presented(bearer, header),
      refused(
        "one scheme that carries the token; an API key beside it has x-credential",
        "a second one",
        "s1",
      ),
    ],
    ["are refused without the token", presented(key), ["api-security", "/security/0", beside, "none"]],
    [
      "are refused with two values for one header",
      presented({ ...header, name: "x-key" }, key),
      refused("a header or cookie that no other scheme takes", "header x-key", "s1"),
    ],
    [
      "are refused with a credential whose default is not text",
      presented(bearer, { ...key, "x-credential": { name: "version", default: 2 } }),
      ["credential-shape", `${SCHEMES}/s1/x-credential/default`, "a non-empty string", "2"],
    ],
    [
      "are refused with a credential where the token goes",
      presented({ ...bearer, "x-credential": "apiKey" }),
      refused("x-credential on an apiKey scheme only, since API calls carry a token here", "http"),
    ],
    [
      "are refused with a choice",
      [...presented(bearer), ["/security", [{ s0: [] }, {}]]],
      ["api-security", "/security", "one security requirement", "2 alternatives"],
    ],
  ]);
});
