import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Finding, findings, findsIn } from "../test-support/findings.ts";
import { problemText } from "./problem.ts";
import { readTokenOperations } from "./read-token-operations.ts";

const SPECS = join(import.meta.dirname, "../../../specs");
const OTHER = "/paths/~1other/post";

/** An operation beside the one that {@link acme} has. */
function other(grant: unknown, ...changes: Change[]): Change[] {
  const parameter = { name: "X-Key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" };
  const responses = {
    "201": json(object({ t: SECRET }, "t"), { "x-token-response": { access_token: "$response.body#/t" } }),
  };
  return [[OTHER, { security: [], "x-token-grant": grant, parameters: [parameter], responses }], ...changes];
}

describe("a document that is refused as a whole is", () => {
  const refused = (found: string): Finding => [
    ...(["document", "", 'an OpenAPI description with openapi: "3.1.1"', found] as const),
  ];
  const table: [name: string, document: unknown, found: string][] = [
    ["nothing", undefined, "nothing"],
    ["null", null, "null"],
    ["text", "openapi: 3.1.1", '"openapi: 3.1.1"'],
    ["a number", 3.1, "3.1"],
    ["a list", [acme()], `${JSON.stringify([acme()]).slice(0, 117)}...`],
    ["empty", {}, "nothing"],
    ["OpenAPI 3.0", acme(["/openapi", "3.0.3"]), '"3.0.3"'],
    ["Swagger 2", { swagger: "2.0" }, "nothing"],
    ["a version that is a number", acme(["/openapi", 3.1]), "3.1"],
  ];
  it.each(table)("%s", (_name, document, found) => {
    expect(readTokenOperations(document)).toEqual({
      operations: [],
      problems: [{ rule: "document", pointer: "", expected: refused(found)[2], found }],
    });
  });

  it("nested deeper than any description is", () => {
    const deep = JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`);
    expect(findings({ ...acme(), "x-deep": deep })).toEqual([
      ["document", "", "a description that is at most 200 levels deep", "a deeper one"],
    ]);
  });

  it("one that contains itself", () => {
    const document: Record<string, unknown> = { ...acme() };
    document["x-self"] = document;
    expect(findings(document)).toEqual([
      ["document", "", "a description that is at most 200 levels deep", "a deeper one"],
    ]);
  });
});

describe("refuses", () => {
  const none: Finding = ["operation-per-grant", "/paths", "an operation with x-token-grant", "none"];
  const twice = (found: string): Finding => [
    ...([
      "operation-per-grant",
      `${OTHER}/x-token-grant`,
      `one operation for a grant, and ${AT.operation} has this one`,
    ] as const),
    found,
  ];
  const noBody = "no request body, since the operation is a GET";
  const { "/token": item } = acme().paths as Record<string, { post: object }>;
  findsIn([
    ["no operation that issues tokens", [[AT.operation, { responses: {} }]], none],
    [
      "an operation that maps a token and has no grant",
      other("a", [`${OTHER}/x-token-grant`, undefined]),
      [
        "extension-place",
        `${OTHER}/responses/201/x-token-response`,
        "x-token-grant on the operation, or no x-token-response",
        "no x-token-grant",
      ],
    ],
    ["no path at all", [["/paths", undefined]], none],
    [
      "two operations that claim one grant",
      other(["api_key", "client_credentials"], [AT.operation, item?.post]),
      twice('"client_credentials"'),
    ],
    [
      "a method other than GET and POST",
      [["/paths/~1token", { put: item?.post }]],
      ["request-shape", "/paths/~1token/put", "a token operation by GET or POST", '"PUT"'],
    ],
    [
      "a GET with a body",
      [["/paths/~1token", { get: item?.post }]],
      ["request-shape", "/paths/~1token/get/requestBody", noBody, "a request body"],
    ],
  ]);

  it("everything at once, each problem once", () => {
    const document = acme(
      [`${AT.server}/x-name`, undefined],
      [`${AT.operation}/security`, undefined],
      [`${AT.request}/properties/client_id`, TEXT],
      [`${AT.response}/properties/access_token`, TEXT],
      [`${AT.responses}/500`, json(TEXT)],
    );
    const rules = findings(document).map(([rule]) => rule);
    expect(rules).toEqual([
      ...["server-shape", "operation-security", "request-shape", "secret-format", "error-mapped"],
    ]);
  });
});

describe("reads", () => {
  const summary = (...changes: Change[]) => {
    const { operations, problems } = readTokenOperations(acme(...changes));
    expect(problems).toEqual([]);
    return operations.map(({ method, path, grants }) => [method, path, grants.map(({ name }) => name)]);
  };

  it("an operation, with where it stands", () => {
    const document = acme();
    expect(readTokenOperations(document).operations).toMatchObject([
      {
        method: "POST",
        path: "/token",
        mediaTypes: ["application/json"],
        place: { pointer: AT.operation },
        pathItem: { pointer: "/paths/~1token" },
      },
    ]);
  });

  it("several operations, a grant each", () => {
    expect(summary(...other("api_key"))).toEqual([
      ["POST", "/token", ["client_credentials"]],
      ["POST", "/other", ["api_key"]],
    ]);
  });

  it("an operation by GET", () => {
    const { "/other": item } = acme(...other("api_key")).paths as Record<string, { post: object }>;
    expect(summary(["/paths", { "/other": { get: item?.post } }])).toEqual([["GET", "/other", ["api_key"]]]);
  });

  it("a path that is a reference", () => {
    const { "/token": item } = acme().paths as Record<string, object>;
    const reference = { $ref: "#/components/pathItems/Token" };
    expect(summary(["/components/pathItems/Token", item], ["/paths", { "/token": reference }])).toHaveLength(
      1,
    );
  });

  it.each(readdirSync(SPECS))("the specification of %s without a problem", (vendor) => {
    const document = parse(readFileSync(join(SPECS, vendor, "openapi.yaml"), "utf8"));
    const { operations, problems } = readTokenOperations(document);
    expect(problems).toEqual([]);
    expect(operations.flatMap(({ grants }) => grants).length).toBeGreaterThan(0);
  });

  it("a huge document in a moment", () => {
    const schema = object(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`p${i}`, TEXT])));
    const schemas = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`S${i}`, schema]));
    const started = performance.now();
    expect(findings(acme(["/components/schemas", schemas]))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("schemas that multiply by their references in a moment", () => {
    const levels = Array.from({ length: 40 }, (_, level) => {
      const next = { $ref: `#/components/schemas/L${level + 1}` };
      return [`L${level}`, { allOf: [next, next], oneOf: [next, next], properties: { a: next, b: next } }];
    });
    const members = Array.from({ length: 40 }, (_, level) => {
      const next = { $ref: `#/components/schemas/M${level + 1}` };
      return [`M${level}`, object({ a: next, b: next })];
    });
    const schemas = {
      ...Object.fromEntries([...levels, ...members]),
      M40: TEXT,
      L40: object({ id: { ...TEXT, "x-credential": "clientId" } }),
    };
    const first = { $ref: "#/components/schemas/L0" };
    const deep: Change = [`${AT.response}/properties/deep`, { $ref: "#/components/schemas/M0" }];
    const started = performance.now();
    const found = findings(acme(["/components/schemas", schemas], [AT.request, first], deep));
    expect(found).toContainEqual([
      "request-shape",
      "/components/schemas/L0",
      "fewer than 1000 members",
      "more",
    ]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("a problem", () => {
  it("reads as a sentence", () => {
    const { problems } = readTokenOperations(null);
    expect(problems.map(problemText)).toEqual([
      'Expected an OpenAPI description with openapi: "3.1.1"; found null.',
    ]);
  });

  it("shows a value in short", () => {
    const [found] = findings(acme([`${AT.operation}/security`, [{ bearerAuth: ["scope".repeat(50)] }]]));
    expect(found?.[3]).toBe(`${`[{"bearerAuth":["${"scope".repeat(50)}`.slice(0, 117)}...`);
  });
});
