import { AT, acme, type Change, object, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../../test-support/findings.ts";
import { readTokenOperations } from "../read-token-operations.ts";
import { rulesOf } from "../tokens/credential-rules.ts";
import { tokenRequest } from "../tokens/send-token-request.ts";
import { credentialsOf } from "./grants.ts";

const SCHEME = "/components/securitySchemes/client";
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
    "security: [], since a token request carries no token, or one scheme with x-credential, such as HTTP Basic";
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
      ["is not Digest", [[`${SCHEME}/scheme`, "digest"]], other('[{"client":[]}]')],
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
          "encoding: raw, or none if the server decodes as RFC 6749, section 2.3.1 says",
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

describe("another Authorization header at the token endpoint", () => {
  const authorizedBy = (scheme: object, ...others: object[]): Change[] => [
    [
      "/components/securitySchemes",
      Object.fromEntries([scheme, ...others].map((one, at) => [`s${at}`, one])),
    ],
    [SECURITY, [Object.fromEntries([scheme, ...others].map((_, at) => [`s${at}`, []]))]],
    [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
  ];
  const raw = { type: "apiKey", in: "header", name: "authorization", "x-credential": "apiKey" };

  it.each([
    ["Bearer", { type: "http", scheme: "bearer", "x-credential": "apiKey" }, "Bearer k-1"],
    ["another scheme", { type: "http", scheme: "Token", "x-credential": "apiKey" }, "Token k-1"],
    ["no scheme", raw, "k-1"],
  ])("carries a credential that is required and secret, after %s", (_, scheme, expected) => {
    const { operations, problems } = readTokenOperations(acme(...authorizedBy(scheme)));
    expect(problems).toEqual([]);
    const [operation] = operations;
    const [grant] = operation?.grants ?? [];
    if (!operation || !grant) throw new Error("expected a grant");
    const word = expected === "k-1" ? "" : expected.replace(" k-1", "");
    expect(rulesOf(grant)).toEqual({
      apiKey: { required: true, secret: true, header: true, authorization: word },
    });
    const request = tokenRequest(operation, grant, { apiKey: "k-1" }, { baseUrl: "https://api.acme.test" });
    expect(request.headers.get("authorization")).toBe(expected);
  });

  it("goes with a client certificate, which the caller's fetch presents", () => {
    const changes = authorizedBy({ ...raw, description: "Of the portal." }, { type: "mutualTLS" });
    const { operations, problems } = readTokenOperations(acme(...changes));
    expect(problems).toEqual([]);
    expect(operations[0]?.security).toEqual({ mutualTLS: true });
    expect(operations[0]?.grants.flatMap(credentialsOf)).toMatchObject([{ description: "Of the portal." }]);
  });

  findsIn([
    [
      "needs a credential",
      authorizedBy({ type: "http", scheme: "bearer" }),
      [
        "operation-security",
        "/components/securitySchemes/s0",
        "x-credential, such as apiKey, since a token request carries no token yet",
        "none",
      ],
      [
        "grant-shape",
        AT.operation,
        "a parameter or property with x-credential for client_credentials",
        "none",
      ],
    ],
    [
      "is not an API key elsewhere, which is a parameter",
      authorizedBy({ ...raw, name: "X-Key" }),
      [
        "operation-security",
        "/components/securitySchemes/s0",
        "a parameter with x-credential for an API key of the token request",
        "apiKey in header",
      ],
      [
        "grant-shape",
        AT.operation,
        "a parameter or property with x-credential for client_credentials",
        "none",
      ],
    ],
  ]);
});
