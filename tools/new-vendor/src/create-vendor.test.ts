import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parseDocument } from "yaml";
import { bin, RepositoryCopy } from "../test-support/repository-copy.ts";
import { checkedAnswers, type Given } from "./answers.ts";
import { createVendor } from "./create-vendor.ts";

const SHAPES: Record<string, Given> = {
  "acme-basic": { "base-url": "https://api.acme.example/v1", credentials: "basic" },
  "acme-nested": {
    credentials: "body",
    "media-type": "json",
    names: "merchantId=merchant,apiKey=key",
    token: "/data/auth/token",
    expiry: "/data/auth/until",
    "expiry-format": "epoch-milliseconds",
  },
  "acme-query": {
    "base-url": "https://api.acme.example",
    method: "GET",
    credentials: "query",
    names: "apiKey=key",
    constants: "query:mode=live,header:X-Version=2",
  },
  "acme-header": { credentials: "header", "media-type": "json", "expiry-format": "iso" },
  "acme-login": {
    "base-url": "https://{pod}.acme.example/api",
    grant: "login",
    "media-type": "json",
    names: "name=credentials/name,secret=credentials/secret,site?=credentials/site/url,cookie:key=key",
    constants: "credentials/version:=2",
    token: "/credentials/token",
    expiry: "none",
    presentation: "header:X-Acme-Auth",
    companions: "partnerKey=X-Partner-Key",
  },
  "3ds-path": {
    "base-url": "https://login.acme.example",
    "api-url": "https://{shop}.acme.example",
    path: "/{tenant_id}/token",
    credentials: "basic",
    encoding: "raw",
    presentation: "scheme:Token",
  },
  "acme-password": {
    "base-url": "https://api.acme.example",
    grant: "login",
    names: "user=username,password=password",
    constants: "grant_type=password",
    expiry: "1800",
    presentation: "cookie:session",
  },
  "acme-refresh": {
    "base-url": "https://api.acme.example",
    grant: "refresh_token",
    names: "clientId=client_id,clientSecret=client_secret,refreshToken=refresh_token",
  },
  "acme-text": {
    "base-url": "https://api.acme.example",
    method: "GET",
    grant: "login",
    credentials: "authorization",
    token: "body",
    presentation: "header:Authorization",
  },
  "acme-in-header": {
    "base-url": "https://api.acme.example",
    credentials: "authorization",
    names: "apiKey=none",
    token: "header:X-Subject-Token",
  },
};

const LONG_NAME: Given = {
  "base-url": "https://api.acme.example",
  path: "/token/new/",
  token: "/access",
  names: "secretId=secret_id,secretKey=secret_key",
};
const TEXT = { type: "string" };
const ACCESS = { type: "string", format: "password" };
const JSON_TYPE = "application/json";

/** Refusals as vendors document them: too many requests, a code in a header, and the textbook one. */
const ERRORS = {
  "400": {
    description: "Refused.",
    "x-token-error": { code: "$response.body#/error" },
    content: {
      [JSON_TYPE]: {
        schema: { type: "object", required: ["error"], properties: { error: TEXT } },
        examples: { client: { summary: "An unknown client", value: { error: "invalid_client" } } },
      },
    },
  },
  "403": {
    description: "Refused.",
    "x-token-error": { code: "$response.header.X-Error-Code" },
    headers: { "X-Error-Code": { description: "Why.", required: true, schema: TEXT, example: "E42" } },
  },
  "429": {
    description: "Too many requests.",
    "x-token-error": { message: "$response.body#/detail" },
    content: {
      [JSON_TYPE]: {
        schema: { type: "object", required: ["detail"], properties: { detail: TEXT } },
        examples: { tooMany: { summary: "Too many", value: { detail: "Slow down." } } },
      },
    },
  },
};

/** A refresh in JSON, by a token that lasts, of a client that is named in no other way. */
const REFRESH = {
  post: {
    operationId: "refreshToken",
    summary: "Refresh an access token",
    description: "Returns another access token.",
    tags: ["Authentication"],
    security: [],
    "x-token-grant": "refresh_token",
    requestBody: {
      description: "The refresh token.",
      required: true,
      content: {
        [JSON_TYPE]: {
          schema: {
            type: "object",
            required: ["refresh"],
            properties: { refresh: { ...ACCESS, "x-credential": "refreshToken" } },
          },
          examples: { refresh: { summary: "A refresh", value: { refresh: "example-refresh-token" } } },
        },
      },
    },
    responses: {
      "200": {
        description: "Another token.",
        "x-token-response": { access_token: "$response.body#/access" },
        content: {
          [JSON_TYPE]: {
            schema: { type: "object", required: ["access"], properties: { access: ACCESS } },
            examples: { token: { summary: "A token", value: { access: "example-access-token" } } },
          },
        },
      },
      "4XX": { description: "Refused." },
    },
  },
};

const LONG = "acme-with-a-long-name";
const ALL = [...Object.keys(SHAPES), LONG];

const copy = new RepositoryCopy();
const repository = copy.folder;
let results: ReturnType<RepositoryCopy["testClients"]>;
beforeAll(async () => {
  for (const slug of Object.keys(SHAPES)) await create(slug);
  await createVendor(repository, checkedAnswers({ slug: LONG, ...LONG_NAME }));
  completeLongOne();
  results = copy.testClients(...ALL);
}, 600_000);
afterAll(() => copy.remove());

function create(slug: string): Promise<string[]> {
  return createVendor(repository, checkedAnswers({ ...SHAPES[slug], slug }));
}

/** Adds refresh tokens from another path, and errors. */
function completeLongOne(): void {
  const file = join(repository, `specs/${LONG}/openapi.yaml`);
  const document = parseDocument(readFileSync(file, "utf8"));
  const responses = ["paths", "/token/new/", "post", "responses"];
  document.setIn([...responses, "200", "x-token-response", "refresh_token"], "$response.body#/refresh");
  const token = ["components", "schemas", "TokenResponse"];
  document.setIn(
    [...token, "properties", "refresh"],
    document.createNode({ type: "string", format: "password" }),
  );
  document.addIn([...token, "required"], "refresh");
  const example = ["content", "application/json", "examples", "token", "value"];
  document.setIn([...responses, "200", ...example, "refresh"], "example-refresh-token");
  for (const [status, response] of Object.entries(ERRORS))
    document.setIn([...responses, status], document.createNode(response));
  document.setIn(["paths", "/token/refresh/"], document.createNode(REFRESH));
  writeFileSync(file, document.toString({ lineWidth: 0 }));
  copy.node("tools/generate/src/main.ts", LONG);
}

describe("a new vendor", { timeout: 240_000 }, () => {
  test.each(ALL)("gets a package whose conformance suite passes, sandbox and Prism included: %s", (slug) => {
    const { passed, failed } = results.get(slug) ?? {};
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(40);
  });

  test("keeps passing with what else its page says: refresh tokens from another path, and errors", () => {
    expect(readFileSync(join(repository, `packages/${LONG}-client/README.md`), "utf8")).toMatch(
      /createAcmeWithALongNameTokenCache\(\s*\{\s*grant: "client_credentials",\n/,
    );
    expect(readFileSync(join(repository, `specs/${LONG}/wire/responses.http`), "utf8")).toContain(
      "### POST /token/refresh/: 200 token\n",
    );
  });

  test("has a specification that passes lint, and a client that is not stale", () => {
    copy.node(bin("@redocly/cli", "redocly"), "lint", ...ALL);
    copy.node("tools/generate/src/main.ts", ...ALL, "--check");
  });

  test("is in the list of vendors, whose comments stay, and has a changeset", () => {
    const list = readFileSync(join(repository, "redocly.yaml"), "utf8");
    expect(list).toMatch(/^# The one list of vendors/);
    expect(list).toContain("  acme-basic:\n    root: specs/acme-basic/openapi.yaml\n");
    expect(readFileSync(join(repository, "README.md"), "utf8")).toContain("`@org/acme-basic-client`");
    const changeset = readFileSync(join(repository, ".changeset/acme-basic-client-first-version.md"), "utf8");
    expect(changeset).toContain('"@org/acme-basic-client": minor');
  });

  test("is refused if it exists, and nothing is written", async () => {
    const before = readFileSync(join(repository, "redocly.yaml"), "utf8");
    await expect(create("conomy")).rejects.toThrow('vendor: expected a new one, received "conomy"');
    mkdirSync(join(repository, "packages/acme-late-client"));
    await expect(create("acme-late")).rejects.toThrow(
      "vendor: expected a new one, found packages/acme-late-client in the way",
    );
    expect(existsSync(join(repository, "specs/acme-late"))).toBe(false);
    expect(readFileSync(join(repository, "redocly.yaml"), "utf8")).toBe(before);
  });

  test("leaves nothing behind if the generator refuses it", async () => {
    const before = readFileSync(join(repository, "redocly.yaml"), "utf8");
    const wrong = { ...checkedAnswers({ slug: "acme-wrong" }), path: "/{grant}" };
    await expect(createVendor(repository, wrong)).rejects.toThrow("the specification of these answers");
    const readme = readFileSync(join(repository, "README.md"), "utf8");
    writeFileSync(join(repository, "README.md"), readme.replace("<!-- /vendors -->", ""));
    onTestFinished(() => writeFileSync(join(repository, "README.md"), readme));
    const refused = createVendor(repository, checkedAnswers({ slug: "acme-wrong" }));
    await expect(refused).rejects.toThrow("README.md: expected one <!-- vendors --> and one");
    expect(existsSync(join(repository, "specs/acme-wrong"))).toBe(false);
    expect(existsSync(join(repository, "packages/acme-wrong-client"))).toBe(false);
    expect(readdirSync(join(repository, ".changeset")).join()).not.toContain("acme-wrong");
    expect(readFileSync(join(repository, "redocly.yaml"), "utf8")).toBe(before);
  });
});
