import { join } from "node:path";
import { authorizedFetch, type TokenCache } from "@org/auth-core";
import { createSandbox } from "@org/auth-sandbox";
import { createSpecTokenCache } from "@org/auth-spec";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DOCUMENTS, HOSTILE, PRESENTATIONS, specOf } from "../test-support/documents.ts";
import { ScratchClients } from "../test-support/scratch-clients.ts";
import { emitSchema } from "./emit-schema.ts";
import { generate } from "./generate.ts";
import type { SourceFile } from "./source-text.ts";
import { wireFiles } from "./wire.ts";

/** The same files with one text replaced, as if they had been edited by hand. */
function edited(files: readonly SourceFile[], name: string, from: string, to: string): SourceFile[] {
  return files.map((file) => {
    if (file.name !== name) return file;
    expect(file.text).toContain(from);
    return { name, text: file.text.replace(from, to) };
  });
}

const REPEATED_ID = {
  "/a": { get: { operationId: "repeated" } },
  "/b": { get: { operationId: "repeated" } },
};

let scratch: ScratchClients;
const generated: Record<string, SourceFile[]> = {};
beforeAll(async () => {
  for (const client of Object.keys(DOCUMENTS)) generated[client] = await generate(specOf(client));
  const { plain = [], nested: deep = [] } = generated;
  const endpoint = "token-endpoint.ts";
  scratch = new ScratchClients({
    ...generated,
    "wrong-token": edited(plain, endpoint, "#/access_token", "#/acess_token"),
    "wrong-way": edited(deep, endpoint, "#/data/access_token", "#/dta/access_token"),
    "wrong-member": edited(deep, endpoint, "#/data/access_token", "#/data/token"),
    "wrong-error": edited(deep, endpoint, "#/deep/message", "#/deep/massage"),
    "wrong-request": edited(plain, endpoint, "client_id:", "clientid:"),
    "wrong-credential": edited(plain, endpoint, "credentials.clientId", "credentials.clientid"),
    "wrong-name": edited(plain, endpoint, "access_token:", "token:"),
  });
}, 120_000);
afterAll(() => scratch.remove());

type Credentials = Readonly<Record<string, string>>;

/** What the generated code of a client makes token caches with. */
async function generatedCache(
  client: string,
): Promise<(credentials: Credentials, options: object) => TokenCache> {
  const { createAcmeTokenCache } = await import(join(scratch.folder, client, "token-cache.ts"));
  return createAcmeTokenCache;
}

describe("the generated files", () => {
  test("are the same for the same specification", async () => {
    expect(await generate(specOf("nested"))).toEqual(generated.nested);
  });

  test("are these, each with a banner first", () => {
    const files = generated.nested ?? [];
    expect(files.map(({ name }) => name).sort()).toEqual([
      "browser.ts",
      "client.ts",
      "credentials.ts",
      "index.ts",
      "schema.ts",
      "token-cache.ts",
      "token-endpoint.ts",
    ]);
    for (const { text } of files) {
      expect(text).toMatch("// Generated from specs/acme/openapi.yaml by `pnpm generate`. Do not edit.\n\n");
      expect(text).not.toMatch(/(\bas|[:<|&(,=]) *any\b/);
    }
  });

  test.each(Object.keys(DOCUMENTS))("compile: %s", (client) => expect(scratch.errorsIn(client)).toEqual([]));

  test.each([
    ["wrong-token", /acess_token.* is not assignable to type/],
    ["wrong-way", /dta\/access_token.* is not assignable to type/],
    ["wrong-member", /data\/token.* is not assignable to type/],
    ["wrong-error", /deep\/massage.* is not assignable to type/],
    ["wrong-request", /'clientid' does not exist/],
    ["wrong-credential", /'clientid' does not exist/],
    ["wrong-name", /'token' does not exist|Property 'access_token' is missing/],
  ])("do not compile with an edit that contradicts the specification: %s", (client, error) => {
    const errors = scratch.errorsIn(client).join("\n");
    expect(errors).toMatch(new RegExp(`^${client}/token-endpoint.ts`));
    expect(errors).toMatch(error);
  });

  test("contain no behaviour: no loop, no parsing, no encoding", () => {
    for (const files of Object.values(generated)) {
      const code = files
        .filter(({ name }) => name !== "schema.ts")
        .map(({ text }) => text.replaceAll(/\/\*[\s\S]*?\*\//g, ""));
      expect(code.join("\n").replaceAll(JSON.stringify(HOSTILE), "")).not.toMatch(
        /\b(for|while)\b ?\(|JSON\.|encodeURI|btoa|atob|URLSearchParams|\.map\(/,
      );
    }
  });
});

describe("the two senders put the same bytes on the wire", () => {
  test.each(Object.keys(DOCUMENTS))("%s", async (client) => {
    const spec = specOf(client);
    const bySpec = (credentials: Credentials, options: object) =>
      createSpecTokenCache(spec.document, credentials, { vendor: "acme", ...options });
    const files = await wireFiles(spec, bySpec);
    expect(files.map(({ text }) => text).join("")).toMatch(/^(GET|POST) \//m);
    expect(await wireFiles(spec, await generatedCache(client))).toEqual(files);
  });
});

describe("what is read from the example responses", () => {
  test.each([
    ["refusal-in-success", ["# accessToken: t", "# code: invalid_client", "# vendorCode: NO"]],
    ["text-token", ["# accessToken: abc.def"]],
    ["header-token", ["x-subject-token: abc.def", "# accessToken: abc.def"]],
  ])("%s", async (client, lines) => {
    const files = await wireFiles(specOf(client), await generatedCache(client));
    const { text = "" } = files.find(({ name }) => name === "responses.http") ?? {};
    for (const line of lines) expect(text.split("\n")).toContain(line);
  });
});

describe("a request holds", () => {
  /** Method, path, headers and body of the request that the generated code sends. */
  async function sent(client: string, credentials: Credentials): Promise<[string, Headers, string]> {
    const requests: Request[] = [];
    const fetch = async (request: Request) => {
      requests.push(request);
      return Response.json({}, { status: 401 });
    };
    const create = await generatedCache(client);
    await create(credentials, { baseUrl: "https://api.acme.test", fetch })
      .getToken()
      .catch(() => {});
    const [request] = requests as [Request];
    return [`${request.method} ${request.url}`, request.headers, await request.text()];
  }

  test.each<[name: string, client: string, credentials: Credentials, body: string]>([
    [
      "what is given, in objects in objects, and constants of each type",
      "nested-request",
      { clientId: "a", clientSecret: "b", site: "c" },
      '{"credentials":{"name":"a","secret":"b","site":{"contentUrl":"c","kind":"cloud"}},"remember":true,"version":3,"scopes":["read","write"],"nothing":null}',
    ],
    [
      "no optional object of which nothing is given, not even its constants",
      "nested-request",
      { clientId: "a", clientSecret: "b" },
      '{"credentials":{"name":"a","secret":"b"},"remember":true,"version":3,"scopes":["read","write"],"nothing":null}',
    ],
    ["defaults, empty ones too, and nothing that is left out", "every-place", { apiKey: "k" }, '{"id":""}'],
    ["no body if none is described", "no-body", { apiKey: "k" }, ""],
    [
      "the text of a specification as it stands",
      "hostile",
      { class: "b", constructor: "c" },
      JSON.stringify(
        [
          [HOSTILE, HOSTILE],
          ["__proto__", "b"],
          ["constructor", "c"],
          ["quoted", HOSTILE],
        ].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
      ),
    ],
    ["the media type of its own operation", "two-operations", { grant: "api_key", apiKey: "a b" }, "key=a+b"],
  ])("%s", async (_, client, credentials, expected) => {
    const body = client === "hostile" ? `{${JSON.parse(expected).join(",")}}` : expected;
    expect((await sent(client, credentials))[2]).toBe(body);
  });

  test("path, query and header members in their places", async () => {
    const [target, headers] = await sent("every-place", { apiKey: "k", trace: "a b" });
    expect(target).toBe("POST https://api.acme.test/token?v=1&trace=a%20b&mode=live");
    expect([headers.get("x-api-key"), headers.has("ignored")]).toEqual(["k", false]);
  });

  test("HTTP Basic authentication with both parts form-encoded", async () => {
    const [, headers] = await sent("basic", { clientId: "a:b", clientSecret: "s~e!c(r)e*t é+%" });
    const encoded = "s%7Ee%21c%28r%29e*t+%C3%A9%2B%25";
    expect(headers.get("authorization")).toBe(`Basic ${btoa(`a%3Ab:${encoded}`)}`);
  });
});

test("HTTP Basic authentication sends both parts as they are if the specification says so", async () => {
  let authorization: string | null = null;
  const fetch = async (request: Request) => {
    authorization = request.headers.get("authorization");
    return Response.json({ access_token: "abc" });
  };
  const create = await generatedCache("basic-raw");
  await create({ clientId: "a", clientSecret: "b+c é" }, { fetch }).getToken();
  expect(authorization).toBe(`Basic ${Buffer.from("a:b+c é").toString("base64")}`);
});

test("a credential goes into Authorization after its scheme, and an error does not show it", async () => {
  let authorization: string | null = null;
  const fetch = async (request: Request) => {
    authorization = request.headers.get("authorization");
    return Response.json({ error: authorization }, { status: 401 });
  };
  const tokens = (await generatedCache("by-bearer"))({ appToken: "ey.J0.app" }, { fetch });
  await expect(tokens.getToken()).rejects.not.toThrow("ey.J0.app");
  expect(authorization).toBe("Bearer ey.J0.app");
});

test("credentials go into cookies, and what no cookie can carry is refused", async () => {
  let cookie: string | null = null;
  const fetch = async (request: Request) => {
    cookie = request.headers.get("cookie");
    return Response.json({ access_token: "abc" });
  };
  const create = await generatedCache("by-cookie");
  await create({ device: "a=b", hint: "c" }, { fetch }).getToken();
  expect(cookie).toBe("device=a=b; hint=c");
  await create({ device: "d" }, { fetch }).getToken();
  expect(cookie).toBe("device=d");
  expect(() => create({ device: "a; b" }, { fetch })).toThrow(
    "acme: credentials.device: expected a non-empty string, received one with a character that a cookie cannot carry",
  );
});

test("generated code goes where the server and its variables say", async () => {
  const urls: string[] = [];
  const fetch = async (request: Request) => {
    urls.push(request.url);
    return Response.json({ access_token: "abc" });
  };
  const create = await generatedCache("token-host");
  const credentials = { clientId: "a", clientSecret: "b" };
  const tokens = [
    create(credentials, { server: "production", variables: { tenant: "shop", region: "us" }, fetch }),
    create(credentials, { server: "sandbox", fetch }),
  ];
  for (const one of tokens) await one.getToken();
  expect(urls).toEqual(["https://login.acme.test/shop/token", "https://login.sandbox.acme.test/token"]);
  expect(tokens.map((one) => (one as { baseUrl?: string }).baseUrl)).toEqual([
    "https://shop.us.acme.test/v1",
    "https://sandbox.acme.test",
  ]);
  const hostile = { server: "production", variables: { tenant: "evil.test/" }, fetch };
  expect(() => create(credentials, hostile)).toThrow("acme: variables.tenant: expected letters");
});

describe("a token that was got and presented", () => {
  test.each(PRESENTATIONS)("%s: by generated code and from the specification", async (client) => {
    const document = DOCUMENTS[client] ?? {};
    const sandbox = await createSandbox({ specs: { acme: document } });
    const { baseUrl, credentials, counts, revoke } = sandbox.vendor("acme");
    expect(counts.refused).toBe(0);
    const caches = [
      (await generatedCache(client))(credentials(), { baseUrl, fetch: sandbox.fetch }),
      createSpecTokenCache(document, credentials(), { baseUrl, fetch: sandbox.fetch, vendor: "acme" }),
    ];
    for (const tokens of caches) {
      const fetch = authorizedFetch(tokens, { fetch: sandbox.fetch });
      expect((await fetch(`${baseUrl}/whoami`)).status).toBe(200);
      revoke((await tokens.getToken()).accessToken);
      expect((await fetch(`${baseUrl}/whoami`)).status).toBe(200);
    }
    expect(sandbox.vendor("acme").counts).toMatchObject({
      tokenRequests: 4,
      resourceRequests: 6,
      refused: 2,
    });
  });

  test("nothing is emitted for Authorization: Bearer", () => {
    const files = generated.plain ?? [];
    expect(
      files
        .filter(({ name }) => name !== "schema.ts")
        .map(({ text }) => text)
        .join(),
    ).not.toContain("ecurity");
  });

  test("needs a fetch if the vendor asks for a certificate", async () => {
    const create = await generatedCache("a-certificate");
    const message = "acme: fetch: expected one that presents your client certificate";
    expect(() => create({ clientId: "a", clientSecret: "b" }, {})).toThrow(message);
  });
});

test("an error does not show the header of HTTP Basic authentication that a response echoes", async () => {
  const create = await generatedCache("basic");
  for (const status of [200, 401]) {
    const fetch = async (request: Request) =>
      Response.json({ error: request.headers.get("authorization") }, { status });
    const tokens = create(
      { clientId: "id", clientSecret: "secret" },
      { baseUrl: "https://api.acme.test", fetch },
    );
    await expect(tokens.getToken()).rejects.not.toThrow(btoa("id:secret"));
  }
});

test("hostile text adds no export", async () => {
  const names = async (file: string) =>
    Object.keys(await import(join(scratch.folder, "hostile", file))).sort();
  expect(await names("token-endpoint.ts")).toEqual(["tokenEndpoint"]);
  expect(await names("credentials.ts")).toEqual([]);
  expect(await names("schema.ts")).toEqual([]);
  expect(await names("client.ts")).toEqual(["createAcmeClient", "vendor"]);
});

describe("the types of the whole document", () => {
  test.each(Object.keys(DOCUMENTS))("are those of openapi-typescript's own entry: %s", async (client) => {
    const spec = specOf(client);
    const nodes = await openapiTS(structuredClone(spec.document) as OpenAPI3, { silent: true });
    expect(await emitSchema(spec)).toBe(astToString(nodes));
  });

  test.each([
    ["that openapi-typescript does not accept", { components: { schemas: { Broken: { oneOf: [5] } } } }, ""],
    ["with two operations of one name", { paths: REPEATED_ID }, 'operationId "repeated" twice'],
  ])("a document %s is refused", async (_, change, found) => {
    const spec = specOf("plain");
    const document = { ...(spec.document as object), ...change };
    await expect(generate({ ...spec, document })).rejects.toThrow(
      `specs/acme/openapi.yaml#: Expected a description that openapi-typescript accepts; found ${found}`,
    );
  });
});
