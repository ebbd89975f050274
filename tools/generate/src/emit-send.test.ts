import { describe, expect, test } from "vitest";
import { AT, acme, type Change, object, SECRET, TEXT } from "./acme-spec.ts";
import { emitGrantSenders, emitSend } from "./emit-send.ts";
import { readTokenOperation } from "./token-operation.ts";

const ID = { ...TEXT, "x-credential": "clientId" };
const KEY = { ...SECRET, "x-credential": "apiKey" };

function parameters(...listed: object[]): Change {
  return [`${AT.operation}/parameters`, listed];
}

/** What is sent, without the lines that are the same for every request. */
function sent(...changes: Change[]): string {
  const text = emitSend(readTokenOperation(acme(...changes)));
  const [, members = ""] = text.split('      parseAs: "text",\n');
  return members.replace(/ {4}\}\);\n {2}\},\n$/, "").replaceAll(/^ {6}/gm, "");
}

test("a request through the typed client", () => {
  expect(emitSend(readTokenOperation(acme()))).toBe(`  send(client, credentials, init) {
    return client.POST("/token", {
      ...init,
      parseAs: "text",
      body: {
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      },
    });
  },
`);
});

describe("a member of the request that is", () => {
  const table: [name: string, property: object, required: boolean, want: string][] = [
    ["required", ID, true, "id: credentials.clientId"],
    ["optional", ID, false, "...(credentials.clientId !== undefined && { id: credentials.clientId })"],
    ["required with a default", { ...ID, default: "x" }, true, 'id: credentials.clientId ?? "x"'],
    ["optional with a default", { ...ID, default: "x" }, false, 'id: credentials.clientId ?? "x"'],
    [
      "optional with a default that is empty",
      { ...ID, default: "" },
      false,
      'id: credentials.clientId ?? ""',
    ],
    ["constant", { const: "x" }, true, 'id: "x"'],
    ["constant and empty", { const: "" }, true, 'id: ""'],
  ];
  for (const [name, property, required, want] of table) {
    test(name, () => {
      const body = object({ id: property, key: KEY }, ...(required ? ["id"] : []), "key");
      expect(sent([AT.request, body])).toBe(`body: {\n  ${want},\n  key: credentials.apiKey,\n},\n`);
    });
  }
});

test("path, query, header and body, each in its place", () => {
  const changes = [
    parameters(
      { name: "x-api-key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" },
      { name: "v", in: "path", required: true, schema: { ...TEXT, default: "1" }, "x-credential": "version" },
      { name: "trace", in: "query", schema: TEXT, "x-credential": "trace" },
      { name: "mode", in: "query", schema: { const: "live" } },
      { name: "ignored", in: "header", schema: TEXT },
    ),
    [AT.request, object({ id: ID }, "id")],
  ] satisfies Change[];
  expect(sent(...changes)).toBe(`params: {
  path: {
    v: credentials.version ?? "1",
  },
  query: {
    ...(credentials.trace !== undefined && { trace: credentials.trace }),
    mode: "live",
  },
  header: {
    "x-api-key": credentials.apiKey,
  },
},
body: {
  id: credentials.clientId,
},
`);
});

test("no body where the specification describes an empty one", () => {
  const changes = [
    parameters({ name: "x-api-key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" }),
    [`${AT.operation}/requestBody/required`, false],
    [AT.request, { type: "null" }],
  ] satisfies Change[];
  expect(sent(...changes)).toBe('params: {\n  header: {\n    "x-api-key": credentials.apiKey,\n  },\n},\n');
});

test("names that are no identifiers stay data", () => {
  const body = object({ ["__proto__"]: ID, 'a"b\n*/`': ID });
  expect(sent([AT.request, body])).toBe(`body: {
  ...(credentials.clientId !== undefined && { ["__proto__"]: credentials.clientId }),
  ...(credentials.clientId !== undefined && { "a\\"b\\n*/\`": credentials.clientId }),
},
`);
});

test("one function a grant where there are several", () => {
  const branch = (grant: string) => object({ grant_type: { const: grant }, id: ID }, "grant_type", "id");
  const operation = readTokenOperation(
    acme(
      [`${AT.operation}/x-token-grant`, ["api_key", "urn:a"]],
      [AT.request, { oneOf: [branch("urn:a"), branch("api_key")] }],
    ),
  );
  expect(emitSend(operation)).toBe(`  send(client, credentials, init) {
    switch (credentials.grant) {
      case "api_key":
        return sendApiKey(client, credentials, init);
      case "urn:a":
        return sendUrnA(client, credentials, init);
    }
  },
`);
  expect(emitGrantSenders(operation, "AcmeCredentials")).toContain(`
function sendUrnA(
  client: Client<paths>,
  credentials: AcmeUrnACredentials,
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return client.POST("/token", {
    ...init,
    parseAs: "text",
    body: {
      grant_type: "urn:a",
      id: credentials.clientId,
    },
  });
}
`);
});
