import { join } from "node:path";
import type { TokenEndpoint, TokenRequestInit } from "@org/auth-core/vendor";
import createClient from "openapi-fetch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AT, acme, type Change, FILE, json, object, TEXT } from "./acme-spec.ts";
import { generate } from "./generate.ts";
import { HOSTILE, hostile } from "./hostile-spec.ts";
import { nested, textOnly } from "./nested-spec.ts";
import { compileClients, type ScratchClients } from "./scratch-clients.ts";
import type { SourceFile } from "./source-text.ts";

const CONSTANT_ERROR: Change[] = [
  [`${AT.responses}/401`, json(object({ code: TEXT }), { "x-token-error": { code: "refused" } })],
];

const SEVERAL_GRANTS: Change[] = [
  ["/servers", [{ url: "{baseUrl}" }]],
  [`${AT.operation}/x-token-grant`, ["a", "urn:b"]],
  [
    AT.request,
    {
      oneOf: ["a", "urn:b"].map((grant) =>
        object(
          { grant_type: { const: grant }, id: { ...TEXT, "x-credential": "clientId" } },
          "grant_type",
          "id",
        ),
      ),
    },
  ],
];

const BASIC: Change[] = [
  [
    "/components/securitySchemes/client",
    { type: "http", scheme: "basic", "x-credential": { username: "clientId", password: "clientSecret" } },
  ],
  [`${AT.operation}/security`, [{ client: [] }]],
  [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
];

/** The same files with one text replaced, as if somebody had edited them by hand. */
function edited(files: readonly SourceFile[], name: string, from: string, to: string): SourceFile[] {
  return files.map((file) => {
    if (file.name !== name) return file;
    expect(file.text).toContain(from);
    return { name, text: file.text.replace(from, to) };
  });
}

const INIT: TokenRequestInit = {
  signal: new AbortController().signal,
  redirect: "manual",
  middleware: [],
};

let scratch: ScratchClients;
beforeAll(async () => {
  const plain = await generate(acme());
  const deep = await generate(nested());
  scratch = compileClients({
    plain,
    nested: deep,
    hostile: await generate(hostile()),
    "text-only": await generate(textOnly()),
    "constant-error": await generate(acme(...CONSTANT_ERROR)),
    "several-grants": await generate(acme(...SEVERAL_GRANTS)),
    basic: await generate(acme(...BASIC)),
    "wrong-token": edited(plain, "token-endpoint.ts", 'body["access_token"]', 'body["acess_token"]'),
    "wrong-way": edited(deep, "guards.ts", '["data"], "access_token"', '["dta"], "access_token"'),
    "wrong-member": edited(deep, "guards.ts", '"data">["data"], "access_token"', '"data">["data"], "token"'),
    "wrong-request": edited(plain, "token-endpoint.ts", "client_id:", "clientid:"),
    "wrong-credential": edited(plain, "token-endpoint.ts", "credentials.clientId", "credentials.clientid"),
    "wrong-reader": edited(plain, "token-endpoint.ts", "accessToken:", "token:"),
  });
}, 60_000);
afterAll(() => scratch.remove());

async function endpointOf(client: string): Promise<TokenEndpoint<object, object>> {
  const { tokenEndpoint } = await import(join(scratch.folder, client, "token-endpoint.ts"));
  return tokenEndpoint;
}

describe("the generated files", () => {
  test("are the same for the same specification", async () => {
    const spec = nested();
    expect(await generate(spec)).toEqual(await generate(spec));
    expect(await generate(spec)).toEqual(await generate(nested()));
  });

  test("are these, each with a banner first", async () => {
    const files = await generate(nested());
    expect(files.map(({ name }) => name).sort()).toEqual([
      "browser.ts",
      "client.ts",
      "credentials.ts",
      "guards.ts",
      "index.ts",
      "schema.ts",
      "token-endpoint.ts",
    ]);
    for (const { text } of files) {
      expect(text).toMatch(`// Generated from ${FILE} by \`pnpm generate\`. Do not edit.\n\n`);
      expect(text).not.toMatch(/(\bas|[:<|&(,=]) *any\b/);
    }
  });

  for (const client of [
    "plain",
    "nested",
    "hostile",
    "text-only",
    "constant-error",
    "several-grants",
    "basic",
  ]) {
    test(`compile: ${client}`, () => expect(scratch.errorsIn(client)).toEqual([]));
  }

  const wrong: [client: string, file: string, error: RegExp][] = [
    ["wrong-token", "token-endpoint.ts", /'acess_token' does not exist/],
    ["wrong-way", "guards.ts", /'dta' does not exist/],
    ["wrong-member", "guards.ts", /'"token"' does not satisfy the constraint/],
    ["wrong-request", "token-endpoint.ts", /'clientid' does not exist/],
    ["wrong-credential", "token-endpoint.ts", /'clientid' does not exist/],
    ["wrong-reader", "token-endpoint.ts", /is not assignable to type 'TokenEndpoint</],
  ];
  for (const [client, file, error] of wrong) {
    test(`do not compile with an edit that contradicts the specification: ${client}`, () => {
      const [first] = scratch.errorsIn(client);
      expect(first).toMatch(new RegExp(`^${client}/${file}`));
      expect(first).toMatch(error);
    });
  }

  test("are refused for what is no OpenAPI 3 description", async () => {
    const spec = acme(["/openapi", "2.0"]);
    await expect(generate(spec)).rejects.toThrow(
      `${FILE}#\n  expected: a description that openapi-typescript accepts\n  found:    `,
    );
  });
});

describe("hostile text", () => {
  test("adds no export", async () => {
    const names = async (file: string) =>
      Object.keys(await import(join(scratch.folder, "hostile", file))).sort();
    expect(await names("token-endpoint.ts")).toEqual(["tokenEndpoint"]);
    expect(await names("credentials.ts")).toEqual([]);
    expect(await names("schema.ts")).toEqual([]);
    expect(await names("guards.ts")).toHaveLength(3);
  });

  test("is sent and read as it stands", async () => {
    const { send, readToken, readError } = await endpointOf("hostile");
    const requests: unknown[] = [];
    const client = {
      POST: (path: string, { body }: { body: object }) => requests.push([path, Object.entries(body)]),
    };
    send(client, { class: "b", constructor: "c" }, INIT);
    expect(requests).toEqual([
      [
        `/${HOSTILE}`,
        [
          [HOSTILE, HOSTILE],
          ["__proto__", "b"],
          ["constructor", "c"],
          ["quoted", HOSTILE],
        ],
      ],
    ]);
    expect(readToken({ [HOSTILE]: { access_token: "t" } })).toEqual({ accessToken: "t", tokenType: HOSTILE });
    expect(readError(401, JSON.parse('{"__proto__":"own"}'))).toEqual({ code: "own", reason: HOSTILE });
  });
});

test("a request goes through openapi-fetch, and its answer comes back as text", async () => {
  const { send } = await endpointOf("several-grants");
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request);
    return Response.json({ access_token: "t" });
  };
  const client = createClient({ baseUrl: "https://api.acme.test", fetch });
  const { data } = await send(client, { grant: "urn:b", clientId: "c" }, INIT);
  expect(data).toBe('{"access_token":"t"}');
  expect(requests.map(({ method, url, redirect }) => [method, url, redirect])).toEqual([
    ["POST", "https://api.acme.test/token", "manual"],
  ]);
  expect(await requests[0]?.json()).toEqual({ grant_type: "urn:b", id: "c" });
});

test("a client authenticates by HTTP Basic, its two parts form-encoded", async () => {
  const { send } = await endpointOf("basic");
  const headers: (string | null)[] = [];
  const fetch = async (request: Request) => {
    headers.push(request.headers.get("authorization"));
    return Response.json({ access_token: "t" });
  };
  const client = createClient({ baseUrl: "https://api.acme.test", fetch });
  await send(client, { clientId: "a:b", clientSecret: "é +%" }, INIT);
  expect(headers).toEqual([`Basic ${btoa("a%3Ab:%C3%A9+%2B%25")}`]);
});

test("an answer that echoes the header of HTTP Basic authentication comes back without the secret", async () => {
  const { send } = await endpointOf("basic");
  const echo = (status: number) => async (request: Request) =>
    Response.json({ headers: [...request.headers] }, { status });
  for (const status of [200, 401]) {
    const client = createClient({ baseUrl: "https://api.acme.test", fetch: echo(status) });
    const { data, error } = await send(client, { clientId: "id", clientSecret: "secret" }, INIT);
    const text = JSON.stringify([data, error]);
    expect(text).toContain("Basic [redacted]");
    expect(text).not.toContain(btoa("id:secret"));
  }
});

describe("a token is read from", () => {
  const table: [name: string, client: string, body: unknown, token: unknown][] = [
    [
      "an object",
      "nested",
      { data: { access_token: "t", expires_in: 5 } },
      { accessToken: "t", expiresIn: 5 },
    ],
    ["an alternative without a member", "nested", { data: { access_token: "t" } }, { accessToken: "t" }],
    ["JSON text", "nested", { data: '{"access_token":"t"}' }, { accessToken: "t" }],
    ["a body of JSON text", "text-only", '{"access_token":"t"}', { accessToken: "t" }],
    [
      "its own object although others are missing",
      "nested",
      { data: { access_token: "t" }, meta: null },
      { accessToken: "t" },
    ],
    [
      "two objects",
      "nested",
      { data: { access_token: "t" }, meta: { inner: '{"message":"read"}' } },
      { accessToken: "t", scope: "read" },
    ],
    ["no object that lacks it", "nested", { data: { expires_in: 5 } }, undefined],
    ["no token of another type", "nested", { data: { access_token: 7 } }, undefined],
    ["no broken JSON text", "nested", { data: '{"access_token":' }, undefined],
    ["no JSON text that is null", "nested", { data: "null" }, undefined],
    ["no list", "nested", [], undefined],
    ["nothing", "nested", undefined, undefined],
  ];
  for (const [name, client, body, token] of table) {
    test(name, async () => {
      const { readToken } = await endpointOf(client);
      const constant = client === "nested" ? { tokenType: "Bearer" } : {};
      expect(readToken(body)).toEqual(token && { ...constant, ...token });
    });
  }
});

describe("an error is read", () => {
  const table: [name: string, status: number, body: unknown, error: unknown][] = [
    ["from the body of its status", 401, { code: "a" }, { code: "a" }],
    ["from what its status holds further down", 401, { deep: { message: "b" } }, { message: "b" }],
    ["from either alternative", 403, { text: "c" }, { message: "c" }],
    ["by range, where its status has none", 418, { error: { code: "d", message: "e" } }, { code: "d" }],
    [
      "by the second mapping, where the first finds nothing",
      418,
      { error: { code: null, message: "e" } },
      { message: "e" },
    ],
    ["by range, where its own status finds nothing", 401, { error: { code: "d" } }, { code: "d" }],
    ["by default, where nothing else does", 500, { message: "f" }, { code: "unexpected", message: "f" }],
    ["from nothing it does not know", 500, "<html>", undefined],
  ];
  for (const [name, status, body, error] of table) {
    test(name, async () => {
      const { readError } = await endpointOf("nested");
      expect(readError(status, body)).toEqual(error);
    });
  }
});
