import { AT, acme, type Change, object, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../test-support/findings.ts";
import { credentialsOf } from "./grants.ts";
import { readTokenOperations } from "./read-token-operations.ts";

const SCHEMES = "/components/securitySchemes";
const SCHEME = `${SCHEMES}/client`;
const SECURITY = `${AT.operation}/security`;
const CREDENTIALS = `${SCHEME}/x-credential`;

/** A vendor whose clients authenticate by HTTP Basic. */
const BASIC: readonly Change[] = [
  [
    SCHEME,
    { type: "http", scheme: "basic", "x-credential": { username: "clientId", password: "clientSecret" } },
  ],
  [SECURITY, [{ client: [] }]],
  [
    AT.request,
    object(
      { grant_type: { const: "client_credentials" }, scope: { ...TEXT, "x-credential": "scope" } },
      "grant_type",
    ),
  ],
];

function credentialsWith(...changes: Change[]) {
  const { operations, problems } = readTokenOperations(acme(...BASIC, ...changes));
  expect(problems).toEqual([]);
  const [grant] = operations[0]?.grants ?? [];
  return grant ? credentialsOf(grant).map(({ name, required, secret }) => [name, required, secret]) : [];
}

describe("HTTP Basic authentication at the token endpoint", () => {
  it.each(["basic", "Basic", "BASIC"])("takes two credentials that are required, spelt %s", (spelling) => {
    expect(credentialsWith([`${SCHEME}/scheme`, spelling])).toEqual([
      ["clientId", true, false],
      ["clientSecret", true, true],
      ["scope", false, false],
    ]);
  });

  it("has a secret user name where that is a key", () => {
    const [username, password] = credentialsWith([CREDENTIALS, { username: "apiKey", password: "pin" }]);
    expect([username, password]).toEqual([
      ["apiKey", true, true],
      ["pin", true, true],
    ]);
  });

  const wanted =
    "security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";
  const other = (found: string): Finding => ["operation-security", SECURITY, wanted, found];
  const unnamed = (found: string): Finding => [
    ...([
      "operation-security",
      CREDENTIALS,
      "x-credential: { username: clientId, password: clientSecret }",
    ] as const),
    found,
  ];
  findsIn(
    [
      ["is not another scheme", [[`${SCHEME}/scheme`, "bearer"]], other('[{"client":[]}]')],
      ["is not a scheme that is not there", [[SCHEME, undefined]], other('[{"client":[]}]')],
      ["is not a choice", [[SECURITY, [{ client: [] }, {}]]], other('[{"client":[]},{}]')],
      ["is not two at once", [[SECURITY, [{ client: [], b: [] }]]], other('[{"client":[],"b":[]}]')],
      ["is not an object", [[SECURITY, { client: [] }]], other('{"client":[]}')],
      ["is not left unsaid", [[SECURITY, undefined]], other("nothing")],
      ["needs credentials", [[CREDENTIALS, undefined]], unnamed("nothing")],
      ["needs an object of them", [[CREDENTIALS, "clientId"]], unnamed('"clientId"')],
      [
        "is encoded in no other way",
        [[`${CREDENTIALS}/encoding`, "base64"]],
        [
          "operation-security",
          `${CREDENTIALS}/encoding`,
          "encoding: raw, or none where the server decodes as RFC 6749, section 2.3.1 says",
          '"base64"',
        ],
      ],
      ["needs two of them", [[CREDENTIALS, { username: "a" }]], unnamed('{"username":"a"}')],
      [
        "needs names of them",
        [[`${CREDENTIALS}/username`, "client_id"]],
        [
          "credential-shape",
          `${CREDENTIALS}/username`,
          'a name in camelCase other than "grant", such as "clientSecret"',
          '"client_id"',
        ],
      ],
    ],
    BASIC,
  );
});

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
    ["they take a certificate", presented({ type: "mutualTLS" }, bearer), { mutualTLS: true }],
  ])("are read where %s", (_name, changes, security) => {
    const { operations, problems } = readTokenOperations(acme(...changes));
    expect(problems).toEqual([]);
    expect(operations.map((operation) => operation.security)).toEqual([security]);
  });

  const refused = (expected: string, found: string, pointer = "s0"): Finding => [
    "api-security",
    `${SCHEMES}/${pointer}`,
    expected,
    found,
  ];
  const after = "a scheme that a token stands after, such as bearer or Token";
  const beside = "a scheme that carries the token beside the others, such as an http scheme bearer";
  findsIn([
    [
      "are refused with the token in the query",
      presented({ ...header, in: "query" }),
      refused(
        "an apiKey in a header or a cookie, since what is in a URL ends up in logs (RFC 9700, section 4.3.2)",
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
      "are refused with a credential that a grant lacks",
      presented(bearer, { ...key, "x-credential": "apiKey" }),
      refused(
        "a credential of each grant, and client_credentials has none of this name",
        '"apiKey"',
        "s1/x-credential",
      ),
    ],
    [
      "are refused with a credential where the token goes",
      presented({ ...bearer, "x-credential": "apiKey" }),
      refused("x-credential on an apiKey scheme only, since calls of the API carry a token here", "http"),
    ],
    [
      "are refused with a choice",
      [...presented(bearer), ["/security", [{ s0: [] }, {}]]],
      ["api-security", "/security", "one security requirement", "2 alternatives"],
    ],
  ]);
});
