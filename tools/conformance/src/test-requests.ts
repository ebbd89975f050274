import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exampleServer, type RequestPlace } from "@org/auth-spec";
import { wireFiles } from "@org/generate/wire";
import { REPOSITORY } from "@org/vendors";
import { beforeAll, describe, expect, it } from "vitest";
import { BASE_URL, issuing } from "./scripted-vendor.ts";
import {
  credentialMembers,
  type Example,
  firstExamples,
  isTextToken,
  requiredCredentials,
  type Subject,
} from "./subject.ts";

/** The bytes of each example request, and what is read from each example response, are those of the committed snapshots. */
export function testWire({ spec, createTokenCache }: Subject): void {
  const folder = join(REPOSITORY, dirname(spec.file), "wire");
  const names = readdirSync(folder);

  describe("the snapshots of its wire folder", () => {
    let texts: ReadonlyMap<string, string>;
    beforeAll(async () => {
      const files = await wireFiles(spec, createTokenCache);
      texts = new Map(files.map(({ name, text }) => [name, text]));
    });

    it.each(names)("%s", (name) => expect(texts.get(name)).toBe(readFileSync(join(folder, name), "utf8")));

    it("are complete", () => expect([...texts.keys()].sort()).toEqual([...names].sort()));
  });
}

/** Places whose values are in the `Authorization` header. */
const IN_AUTHORIZATION: readonly RequestPlace[] = ["basic", "authorization"];

/** What is left out of a request is filled or not sent, and each request goes to the server that the caller chose. */
export function testRequests(subject: Subject): void {
  const { examples } = subject;

  it.each(examples)("sends defaults for what is left out: $title", async (example) => {
    const { operation, grant } = example;
    const { sent: requests, ...connection } = issuing(operation.success);
    const given = requiredCredentials(example);
    await subject.createTokenCache(given, { baseUrl: BASE_URL, ...connection }).getToken();
    const [sent] = requests;
    const body = await sent?.text();
    expect(sent?.method).toBe(operation.method);
    for (const { in: place, path, credential } of credentialMembers(grant)) {
      const value = given[credential.name] ?? credential.default;
      const name = path.at(-1) ?? "";
      if (place === "header") expect(sent?.headers.get(name)).toBe(value ?? null);
      if (place === "path") expect(sent?.url).toContain(encodeURIComponent(value ?? ""));
      if (place === "query" && value === undefined) expect(sent?.url).not.toContain(`${name}=`);
      if (place === "body" && value === undefined) expect(body).not.toContain(`${name}"`);
    }
    const isAuthorized = credentialMembers(grant).some(({ in: place }) => IN_AUTHORIZATION.includes(place));
    expect(sent?.headers.has("authorization")).toBe(isAuthorized);
  });

  describe.each(firstExamples(subject))("sends $title to", (example) => {
    const { operation, credentials } = example;
    const path = filledPath(example);

    it.each(operation.servers)("the $name server", async (chosen) => {
      const { sent, ...connection } = issuing(operation.success);
      const { url, apiUrl, variables } = exampleServer(chosen);
      const tokens = subject.createTokenCache(credentials, { server: chosen.name, variables, ...connection });
      await tokens.getToken();
      expect(tokens.baseUrl).toBe(apiUrl);
      expect(sent.map((request) => request.url)).toEqual([url + path]);
    });

    it("a base URL, which wins over a server and may end in a slash", async () => {
      const { sent, ...connection } = issuing(operation.success);
      const [named] = operation.servers;
      const server = named && { server: named.name };
      const tokens = subject.createTokenCache(credentials, {
        ...server,
        baseUrl: `${BASE_URL}/`,
        ...connection,
      });
      expect(tokens.baseUrl).toBe(BASE_URL);
      await tokens.getToken();
      expect(sent.map((request) => request.url)).toEqual([BASE_URL + path]);
    });
  });

  const { createClient } = subject;
  if (!createClient) return;
  it.each(firstExamples(subject))(
    "sends $title from the bare client",
    async ({ operation, grant, credentials }) => {
      const [body] = Object.values(operation.success.examples);
      const { fetch, sent } = issuing(operation.success);
      const params: Record<string, Record<string, unknown>> = {};
      for (const { in: place, path, credential, constant } of grant.members) {
        const value = credential ? credentials[credential.name] : place === "body" ? undefined : constant;
        if (value !== undefined) params[place] = { ...params[place], [path[0]]: value };
      }
      const { body: sentBody, path, query, header, cookie } = params;
      const parseAs = isTextToken(operation) ? "text" : "json";
      const init = { parseAs, params: { path, query, header, cookie }, ...(sentBody && { body: sentBody }) };
      const client = createClient({ baseUrl: BASE_URL, fetch });
      const { data } = await client.request(operation.method.toLowerCase(), operation.path, init);
      expect(data).toEqual(body);
      expect(sent.map(({ method, url }) => [method, url])).toEqual([
        [operation.method, BASE_URL + filledPath({ operation, grant, credentials })],
      ]);
    },
  );
}

/** The path and query of a request with these credentials in their places. */
function filledPath({ operation, grant, credentials }: Omit<Example, "title" | "mediaType">): string {
  const query: string[] = [];
  let { path: filled } = operation;
  for (const { in: place, path, credential, constant } of grant.members) {
    const value = credential ? (credentials[credential.name] ?? credential.default) : constant;
    const encoded = encodeURIComponent(String(value));
    if (place === "path") filled = filled.replace(`{${path[0]}}`, encoded);
    if (place === "query" && value !== undefined) query.push(`${path[0]}=${encoded}`);
  }
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}
