import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { createSandbox } from "@org/auth-sandbox";
import { problemList, problemText, type Rule, readTokenOperations } from "@org/auth-spec";
import { generate } from "@org/generate/generate";
import { readSpec } from "@org/generate/spec";
import { describe, expect, test } from "vitest";
import { lint } from "../test-support/lint.ts";

const FILE = "specs/acme/openapi.yaml";
const ID = { ...TEXT, "x-credential": "clientId" };
const TOKEN = json(object({ access_token: SECRET }, "access_token"), {
  "x-token-response": { access_token: "$response.body#/access_token" },
});
const KEY = { name: "X-Key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" };
const SCHEME = "/components/securitySchemes/client";

/** Ordinary variations of one specification, and the rule that a variation breaks. */
const VARIATIONS: readonly [name: string, changes: readonly Change[], broken?: Rule][] = [
  ["a success that is 201", [[AT.responses, { "201": TOKEN }]]],
  [
    "two token operations, a grant each",
    [
      [
        "/paths/~1other",
        {
          post: { security: [], "x-token-grant": "api_key", parameters: [KEY], responses: { "200": TOKEN } },
        },
      ],
    ],
  ],
  [
    "a body by allOf",
    [
      ["/components/schemas/Client", object({ client_id: ID }, "client_id")],
      [
        AT.request,
        { allOf: [{ $ref: "#/components/schemas/Client" }, object({ kind: { const: "app" } }, "kind")] },
      ],
    ],
  ],
  ["a parameter of the path", [["/paths/~1token/parameters", [KEY]]]],
  [
    "scheme: Basic",
    [
      [
        SCHEME,
        { type: "http", scheme: "Basic", "x-credential": { username: "clientId", password: "clientSecret" } },
      ],
      [`${AT.operation}/security`, [{ client: [] }]],
      [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
    ],
  ],
  [
    "a default error response",
    [
      [
        `${AT.responses}/default`,
        json(object({ code: TEXT }), { "x-token-error": { code: "$response.body#/code" } }),
      ],
    ],
  ],
  [
    "an encoding of HTTP Basic that is unknown",
    [
      [
        SCHEME,
        {
          type: "http",
          scheme: "basic",
          "x-credential": { username: "clientId", password: "clientSecret", encoding: "base64" },
        },
      ],
      [`${AT.operation}/security`, [{ client: [] }]],
      [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
    ],
    "operation-security",
  ],
  ["a nested body", [[AT.request, object({ login: object({ client_id: ID }, "client_id") }, "login")]]],
  ["a constant that is not text", [[`${AT.request}/properties/version`, { const: 2 }]]],
  ["an enum with one value", [[`${AT.request}/properties/version`, { enum: ["2"] }]]],
  [
    "a server variable",
    [
      [
        AT.server,
        {
          url: "https://{tenant}.acme.test",
          "x-name": "production",
          variables: { tenant: { default: "a" } },
        },
      ],
    ],
  ],
  [
    "a server variable that is not described",
    [[`${AT.server}/url`, "https://{t}.acme.test"]],
    "server-shape",
  ],
  [
    "tokens from a separate host",
    [[`${AT.operation}/servers`, [{ url: "https://login.acme.test", "x-name": "production" }]]],
  ],
  ["a cookie parameter", [[`${AT.operation}/parameters`, [{ ...KEY, in: "cookie" }]]]],
  [
    "a constant cookie",
    [[`${AT.operation}/parameters`, [{ name: "mode", in: "cookie", schema: { const: "live" } }]]],
    "request-shape",
  ],
  [
    "a token in its own header",
    [
      [SCHEME, { type: "apiKey", in: "header", name: "X-Token" }],
      ["/security", [{ client: [] }]],
    ],
  ],
  [
    "an API key and a certificate beside a token in a cookie",
    [
      ["/components/securitySchemes/token", { type: "apiKey", in: "cookie", name: "session" }],
      [SCHEME, { type: "apiKey", in: "header", name: "X-Key", "x-credential": "clientId" }],
      ["/components/securitySchemes/certificate", { type: "mutualTLS" }],
      ["/security", [{ token: [], client: [], certificate: [] }]],
    ],
  ],
  [
    "an API key that only calls of the API carry",
    [
      ["/components/securitySchemes/token", { type: "http", scheme: "bearer" }],
      [SCHEME, { type: "apiKey", in: "header", name: "X-Key", "x-credential": "apiKey" }],
      ["/security", [{ token: [], client: [] }]],
    ],
  ],
  [
    "a credential after Bearer at the token endpoint",
    [
      [SCHEME, { type: "http", scheme: "bearer", "x-credential": "appToken" }],
      [`${AT.operation}/security`, [{ client: [] }]],
    ],
  ],
  [
    "no credential after Bearer at the token endpoint",
    [
      [SCHEME, { type: "http", scheme: "bearer" }],
      [`${AT.operation}/security`, [{ client: [] }]],
    ],
    "operation-security",
  ],
  [
    "a token in the query",
    [
      [SCHEME, { type: "apiKey", in: "query", name: "token" }],
      ["/security", [{ client: [] }]],
    ],
    "api-security",
  ],
  [
    "an XML body",
    [[AT.content, { "application/xml": { schema: object({ client_id: ID }) } }]],
    "request-shape",
  ],
  [
    "a multipart body",
    [[AT.content, { "multipart/form-data": { schema: object({ client_id: ID }) } }]],
    "request-shape",
  ],
  [
    "a token in a header",
    [
      [`${AT.success}/headers`, { "X-Token": { required: true, schema: SECRET } }],
      [`${AT.success}/x-token-response`, { access_token: "$response.header.X-Token" }],
    ],
  ],
  [
    "a refusal that is there in successes as well",
    [
      [`${AT.success}/x-token-error`, { code: "$response.body#/access_token" }],
      [
        `${AT.success}/content/application~1json/examples`,
        { a: { value: { access_token: "t" } }, b: { value: {} } },
      ],
    ],
    "error-shape",
  ],
  ["a reference out of the document", [[AT.request, { $ref: "request.yaml" }]], "reference"],
];

describe.each(VARIATIONS)("of a specification with %s", (_name, changes, broken) => {
  const document = acme(...changes);
  const { problems } = readTokenOperations(document);
  /** The message of what is thrown; none if nothing is. */
  const messageOf = (tried: Promise<unknown>) =>
    tried.then(
      () => "",
      (error: Error) => error.message,
    );

  test(broken ? `the reader finds one problem, of ${broken}` : "the reader finds no problem", () => {
    expect(problems.map(({ rule }) => rule)).toEqual(broken ? [broken] : []);
  });

  test("lint says the same", async () => {
    const found = problems.map((problem) => ({
      rule: problem.rule,
      pointer: `#${problem.pointer}`,
      message: problemText(problem),
    }));
    expect(await lint(JSON.stringify(document))).toEqual(found);
  });

  test("the generator says the same", async () => {
    const read = async () => generate(readSpec({ vendor: "acme", file: FILE, document }));
    const lines = problems.map(
      (problem) => `${FILE}#${problem.pointer}: ${problemText(problem)} (${problem.rule})`,
    );
    expect(await messageOf(read())).toBe(lines.join("\n"));
  });

  test("the sandbox says the same", async () => {
    const refused = `the specification of acme cannot be served:\n${problemList(problems)}`;
    expect(await messageOf(createSandbox({ specs: { acme: document } }))).toBe(
      problems.length > 0 ? refused : "",
    );
  });
});
