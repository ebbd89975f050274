import { AT, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe } from "vitest";
import { type Finding, findsIn } from "../test-support/findings.ts";

const A = "/components/schemas/A";
const ID = `${AT.request}/properties/client_id`;

function misspelt(pointer: string, found: string): Finding {
  const known = "one of x-token-grant, x-token-response, x-token-error, x-credential";
  return ["extension-place", pointer, known, JSON.stringify(found)];
}

function misplaced(pointer: string, expected: string): Finding {
  return ["extension-place", pointer, expected, "it elsewhere"];
}

function dangling(found: string, pointer = A): Finding {
  return ["reference", pointer, "a reference to something that exists", JSON.stringify(found)];
}

function external(found: unknown, pointer = A): Finding {
  const expected =
    'a reference within the document, such as "#/components/schemas/Token"; bundle files into one first';
  return ["reference", pointer, expected, JSON.stringify(found)];
}

describe("an extension", () => {
  const grants = `${AT.operation}/x-token-grants`;
  const onOperation = `${AT.operation}/x-token-response`;
  const onMedia = `${AT.content}/application~1json/x-token-error`;
  const parameters = `${AT.operation}/parameters`;
  const onSchema = `${parameters}/0/schema/x-credential`;
  findsIn([
    ["that is a misspelt grant", [[grants, "a"]], misspelt(grants, "x-token-grants")],
    [
      "that is a misspelt response",
      [[`${AT.success}/x-token-respons`, {}]],
      misspelt(`${AT.success}/x-token-respons`, "x-token-respons"),
    ],
    [
      "that is a misspelt credential",
      [[`${ID}/x-credentials`, "a"]],
      misspelt(`${ID}/x-credentials`, "x-credentials"),
    ],
    ["with swapped letters", [[`${ID}/x-credentail`, "a"]], misspelt(`${ID}/x-credentail`, "x-credentail")],
    [
      "with a capital letter",
      [[`${AT.operation}/X-Token-Grant`, "a"]],
      misspelt(`${AT.operation}/X-Token-Grant`, "X-Token-Grant"),
    ],
    [
      "whose name needs escaping",
      [[`${AT.operation}/x-token~1~0`, "a"]],
      misspelt(`${AT.operation}/x-token~1~0`, "x-token/~"),
    ],
    ["in an unused component", [[`${A}/x-tokens`, "a"]], misspelt(`${A}/x-tokens`, "x-tokens")],
    [
      "for a grant on a path",
      [["/paths/~1token/x-token-grant", "a"]],
      misplaced("/paths/~1token/x-token-grant", "x-token-grant on an operation"),
    ],
    [
      "for a response on an operation",
      [[onOperation, { access_token: "$response.body#/access_token" }]],
      misplaced(onOperation, "x-token-response on a response"),
    ],
    [
      "for an error on a media type",
      [[onMedia, { code: "$response.body#/code" }]],
      misplaced(onMedia, "x-token-error on a response"),
    ],
    [
      "for a credential on the schema of a parameter",
      [[parameters, [{ name: "key", in: "header", schema: { ...SECRET, "x-credential": "apiKey" } }]]],
      misplaced(onSchema, "x-credential on a parameter, a property of the request body or a security scheme"),
    ],
    ["that is really a header", [[`${AT.success}/headers/x-token-id`, { schema: SECRET }]]],
    ["that is really a property", [[`${AT.response}/properties/x-token-id`, SECRET]]],
    ...["example", "examples", "default", "const", "enum"].map(
      (data) => [`inside ${data}`, [[`${A}/${data}`, [{ "x-tokens": { $ref: "elsewhere" } }]]]] as const,
    ),
    ["of another tool", [[`${AT.operation}/x-codeSamples`, []]]],
  ]);
});

describe("a reference", () => {
  findsIn([
    ["that dangles", [[`${A}/$ref`, "#/components/schemas/B"]], dangling("#/components/schemas/B")],
    [
      "to an inherited member",
      [[`${A}/$ref`, "#/components/constructor"]],
      dangling("#/components/constructor"),
    ],
    ["to itself", [[`${A}/$ref`, "#/components/schemas/A"]], dangling("#/components/schemas/A")],
    [
      "in a circle, and one that leads into it",
      [
        [`${A}/$ref`, "#/components/schemas/B"],
        ["/components/schemas/B/$ref", "#/components/schemas/A"],
        ["/components/schemas/C/$ref", "#/components/schemas/A"],
      ],
      dangling("#/components/schemas/B"),
      dangling("#/components/schemas/A", "/components/schemas/B"),
    ],
    [
      "to another file",
      [[`${A}/$ref`, "../conomy/openapi.yaml#/components"]],
      external("../conomy/openapi.yaml#/components"),
    ],
    [
      "to another host",
      [[`${A}/$ref`, "https://example.com/schema.json"]],
      external("https://example.com/schema.json"),
    ],
    ["that is not text", [[`${A}/$ref`, 7]], external(7)],
    [
      "out of the document is one problem, whatever depends on it",
      [
        [AT.request, { $ref: "schemas.yaml#/Request" }],
        [
          `${AT.responses}/401`,
          json({ $ref: "#/components/schemas/A" }, { "x-token-error": { code: "$response.body#/code" } }),
        ],
        ["/components/schemas/A", TEXT],
      ],
      external("schemas.yaml#/Request", AT.request),
    ],
    [
      "through another one out of the document is one problem",
      [
        [AT.response, { $ref: "#/components/schemas/A" }],
        [`${A}/$ref`, "token.yaml"],
      ],
      external("token.yaml"),
    ],
    [
      "from a schema to itself further down",
      [["/components/schemas/Node", object({ next: { $ref: "#/components/schemas/Node" } })]],
    ],
    [
      "in place of a property's schema is not a reference if it is the property's name",
      [[`${A}/properties/$ref`, TEXT]],
    ],
    [
      "with percent-encoded characters",
      [
        ["/components/schemas/My Token{}", object({ access_token: SECRET }, "access_token")],
        [AT.response, { $ref: "#/components/schemas/My%20Token%7B%7D" }],
      ],
    ],
    [
      "whose percent-encoding is broken",
      [[`${A}/$ref`, "#/components/schemas/%zz"]],
      dangling("#/components/schemas/%zz"),
    ],
  ]);
});
