import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, refusal, SECRET } from "./acme-spec.ts";
import { checkDocument } from "./check-document.ts";

const KNOWN = "one of x-token-grant, x-token-response, x-token-error, x-credential";
const ID = `${AT.request}/properties/client_id`;

describe("refused", () => {
  const table: [name: string, pointer: string, value: unknown, expected: string, found: string][] = [
    ["a misspelt grant", `${AT.operation}/x-token-grants`, "a", KNOWN, '"x-token-grants"'],
    ["a misspelt response", `${AT.success}/x-token-respons`, {}, KNOWN, '"x-token-respons"'],
    ["a misspelt credential", `${ID}/x-credentials`, "a", KNOWN, '"x-credentials"'],
    ["swapped letters", `${ID}/x-credentail`, "a", KNOWN, '"x-credentail"'],
    ["a capital letter", `${AT.operation}/X-Token-Grant`, "a", KNOWN, '"X-Token-Grant"'],
    ["a name that needs escaping", `${AT.operation}/x-token~1~0`, "a", KNOWN, '"x-token/~"'],
    ["an unused component", "/components/schemas/A/x-tokens", "a", KNOWN, '"x-tokens"'],
    [
      "a grant on a path",
      "/paths/~1token/x-token-grant",
      "a",
      "x-token-grant on an operation",
      "it elsewhere",
    ],
    [
      "a response mapping on an operation",
      `${AT.operation}/x-token-response`,
      { access_token: "$response.body#/access_token" },
      "x-token-response on a response",
      "it elsewhere",
    ],
    [
      "an error mapping on a media type",
      `${AT.success}/content/application~1json/x-token-error`,
      { code: "$response.body#/code" },
      "x-token-error on a response",
      "it elsewhere",
    ],
    [
      "a credential on the schema of a parameter",
      `${AT.operation}/parameters`,
      [{ name: "key", in: "header", schema: { ...SECRET, "x-credential": "apiKey" } }],
      "x-credential on a parameter, a property of the request body or an HTTP Basic scheme",
      "it elsewhere",
    ],
    [
      "a dangling reference",
      "/components/schemas/A/$ref",
      "#/components/schemas/B",
      "a reference to something that exists",
      '"#/components/schemas/B"',
    ],
    [
      "a reference to an inherited member",
      "/components/schemas/A/$ref",
      "#/components/constructor",
      "a reference to something that exists",
      '"#/components/constructor"',
    ],
    [
      "a reference to itself",
      "/components/schemas/A/$ref",
      "#/components/schemas/A",
      "a reference to something that exists",
      '"#/components/schemas/A"',
    ],
    [
      "a reference to another file",
      "/components/schemas/A/$ref",
      "../conomy/openapi.yaml#/components",
      'a reference within the file, such as "#/components/schemas/Token"',
      '"../conomy/openapi.yaml#/components"',
    ],
    [
      "a reference to another host",
      "/components/schemas/A/$ref",
      "https://example.com/schema.json",
      'a reference within the file, such as "#/components/schemas/Token"',
      '"https://example.com/schema.json"',
    ],
    [
      "a reference that is no text",
      "/components/schemas/A/$ref",
      7,
      'a reference within the file, such as "#/components/schemas/Token"',
      "7",
    ],
  ];
  for (const [name, pointer, value, expected, found] of table) {
    test(name, () => {
      const at = name.includes("of a parameter")
        ? `${pointer}/0/schema/x-credential`
        : pointer.replace(/\/\$ref$/, "");
      expect(refusal([pointer, value])).toBe(message(at, expected, found));
    });
  }
});

describe("accepted", () => {
  const table: [name: string, change: Change][] = [
    ["a header whose name resembles an extension", [`${AT.success}/headers/x-token-id`, { schema: SECRET }]],
    ["a property whose name resembles an extension", [`${AT.answer}/properties/x-token-id`, SECRET]],
    ["an example with anything in it", [`${AT.answer}/examples`, [{ "x-tokens": { $ref: "elsewhere" } }]]],
    ["another tool's extension", [`${AT.operation}/x-codeSamples`, []]],
  ];
  for (const [name, change] of table) test(name, () => checkDocument(acme(change)));

  test("a schema that refers to itself further down", () => {
    const node = { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } };
    expect(refusal(["/components/schemas/Node", node])).toBe("accepted");
  });
});
