import { AT, acme, type Change, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { readTokenOperations } from "../read-token-operations.ts";
import { sendTokenRequest } from "./send-token-request.ts";

const FORM = "application/x-www-form-urlencoded";
const PARAMETERS = `${AT.operation}/parameters`;
const ID = { ...TEXT, "x-credential": "clientId" };

/** What is sent for these credentials where the specification is changed like this. */
async function sent(
  changes: readonly Change[],
  credentials: Readonly<Record<string, string>>,
  client: { headers?: HeadersInit; init?: RequestInit; baseUrl?: string } = {},
) {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  const [operation] = operations;
  const [grant] = operation?.grants ?? [];
  if (!operation || !grant) throw new Error("there is no grant");
  const requests: Request[] = [];
  const told: Request[] = [];
  await sendTokenRequest(
    {
      baseUrl: "https://api.acme.test/v1",
      headers: undefined,
      init: {},
      fetch: async (request) => {
        requests.push(request);
        return Response.json({});
      },
      ...client,
    },
    operation,
    grant,
    credentials,
    {
      signal: new AbortController().signal,
      redirect: "manual",
      middleware: [{ onRequest: ({ request }) => told.push(request) }],
    },
  );
  const [request] = requests;
  expect(told).toEqual(requests);
  return {
    method: request?.method,
    url: request?.url,
    headers: Object.fromEntries(request?.headers ?? []),
    body: await request?.text(),
    redirect: request?.redirect,
  };
}

function parameter(
  place: string,
  name: string,
  members: object = { schema: SECRET, "x-credential": "apiKey" },
): Change {
  return [PARAMETERS, [{ in: place, name, required: true, ...members }]];
}

function form(schema: object): Change {
  return [AT.content, { [FORM]: { schema } }];
}

describe("a token request", () => {
  it("is what the operation says", async () => {
    expect(await sent([], { clientId: "id", clientSecret: "secret" })).toEqual({
      method: "POST",
      url: "https://api.acme.test/v1/token",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: '{"client_id":"id","client_secret":"secret"}',
      redirect: "manual",
    });
  });

  it("has values in the path, percent-encoded, wherever their name is", async () => {
    const { "/token": item } = acme().paths as Record<string, object>;
    const changes: Change[] = [
      ["/paths", { "/{key}/token/{key}": item }],
      [
        "/paths/~1{key}~1token~1{key}/parameters",
        [{ in: "path", name: "key", required: true, schema: SECRET, "x-credential": "apiKey" }],
      ],
    ];
    const { url } = await sent(changes, { apiKey: "a/b?$&{key}", clientId: "i", clientSecret: "s" });
    expect(url).toBe("https://api.acme.test/v1/a%2Fb%3F%24%26%7Bkey%7D/token/a%2Fb%3F%24%26%7Bkey%7D");
  });

  it("has values in the query, percent-encoded, and nothing of those that are left out", async () => {
    const optional = { in: "query", name: "scope", schema: TEXT, "x-credential": "scope" };
    const key = { in: "query", name: "key", required: true, schema: SECRET, "x-credential": "apiKey" };
    const version = { in: "query", name: "v", required: true, schema: { const: 2 } };
    const changes: Change[] = [[PARAMETERS, [key, optional, version]]];
    const given = { apiKey: "a&b=c d", clientId: "i", clientSecret: "s" };
    expect((await sent(changes, given)).url).toBe("https://api.acme.test/v1/token?key=a%26b%3Dc%20d&v=2");
    expect((await sent(changes, { ...given, scope: "x" })).url).toContain("&scope=x&v=2");
  });

  it("has values in headers, which win over the client's own", async () => {
    const client = {
      headers: { "X-Key": "other", "X-Trace": "t", "Content-Type": "application/json; charset=utf-8" },
    };
    const { headers } = await sent(
      [parameter("header", "X-Key")],
      { apiKey: "k", clientId: "i", clientSecret: "s" },
      client,
    );
    expect(headers).toEqual({
      accept: "application/json",
      "content-type": "application/json; charset=utf-8",
      "x-key": "k",
      "x-trace": "t",
    });
  });

  it("has a form where that is the media type", async () => {
    const schema = object({ grant_type: { const: "client_credentials" }, id: ID, n: { const: 1 } }, "id");
    const { headers, body } = await sent([form(schema)], { clientId: "a b&c=ü" });
    expect(headers["content-type"]).toBe(FORM);
    expect(body).toBe("grant_type=client_credentials&id=a+b%26c%3D%C3%BC&n=1");
  });

  it("has JSON where the client's headers ask for that instead of a form", async () => {
    const { body } = await sent(
      [form(object({ id: ID }))],
      { clientId: "i" },
      { headers: { "Content-Type": "application/json" } },
    );
    expect(body).toBe('{"id":"i"}');
  });

  it("has constants of any JSON type", async () => {
    const constants = { n: 1.5, yes: true, none: null, list: [1, "a"], object: { a: {} } };
    const properties = Object.fromEntries(
      Object.entries(constants).map(([name, value]) => [name, { const: value }]),
    );
    const { body } = await sent([[AT.request, object({ ...properties, id: ID })]], { clientId: "i" });
    expect(JSON.parse(body ?? "")).toEqual({ ...constants, id: "i" });
  });

  it("has what the specification says if the caller leaves it out", async () => {
    const schema = object({ id: ID, v: { ...TEXT, default: "7", "x-credential": "version" } }, "id", "v");
    expect((await sent([[AT.request, schema]], { clientId: "i" })).body).toBe('{"id":"i","v":"7"}');
    expect((await sent([[AT.request, schema]], { clientId: "i", version: "8" })).body).toBe(
      '{"id":"i","v":"8"}',
    );
  });

  it("has nested objects, an optional one with a credential in it only", async () => {
    const device = object({
      kind: { const: "pos" },
      serial: { ...TEXT, "x-credential": "serial" },
      deep: object({ pin: { ...SECRET, "x-credential": "pin" }, v: { const: 1 } }),
    });
    const schema = object({ data: object({ login: object({ id: ID }, "id") }, "login"), device }, "data");
    const bodyFor = async (more: object) =>
      JSON.parse((await sent([[AT.request, schema]], { clientId: "i", ...more })).body ?? "");
    const data = { login: { id: "i" } };
    expect(await bodyFor({})).toEqual({ data });
    expect(await bodyFor({ serial: "s" })).toEqual({ data, device: { kind: "pos", serial: "s" } });
    expect(await bodyFor({ pin: "p" })).toEqual({ data, device: { kind: "pos", deep: { pin: "p", v: 1 } } });
  });

  it("has members that every object inherits as its own", async () => {
    const names = ["__proto__", "constructor", "toString"];
    const schema = object(
      {
        ...Object.fromEntries(names.map((name) => [name, { const: name }])),
        deep: object({ ["__proto__"]: ID }, "__proto__"),
      },
      "deep",
    );
    const { body } = await sent([[AT.request, schema]], { clientId: "i" });
    expect(body).toBe(
      '{"__proto__":"__proto__","constructor":"constructor","toString":"toString","deep":{"__proto__":"i"}}',
    );
  });

  it("has neither a body nor its media type if the operation is a GET", async () => {
    const { "/token": item } = acme([`${AT.operation}/requestBody`, undefined], parameter("header", "X-Key"))
      .paths as Record<string, { post: object }>;
    expect(await sent([["/paths", { "/token": { get: item?.post } }]], { apiKey: "k" })).toMatchObject({
      method: "GET",
      headers: { accept: "application/json", "x-key": "k" },
      body: "",
    });
  });

  it("takes members of RequestInit, but follows no redirect and sends the operation's method", async () => {
    const init = { redirect: "follow", method: "PUT", cache: "no-store" } as const;
    const request = await sent([], { clientId: "i", clientSecret: "s" }, { init });
    expect([request.method, request.redirect]).toEqual(["POST", "manual"]);
  });
});
