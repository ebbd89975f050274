import { exampleResponse, exampleServer, type RequestPlace } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { clockBefore, type HandMovedClock } from "./hand-moved-clock.ts";
import { evaluate } from "./runtime-expression.ts";
import { type ScriptedFetch, scriptedFetch } from "./scripted-fetch.ts";
import {
  BASE_URL,
  credentialMembers,
  type Example,
  firstExamples,
  isTextToken,
  requiredCredentials,
  type Subject,
} from "./subject.ts";

/** Places whose values are in the `Authorization` header. */
const IN_AUTHORIZATION: readonly RequestPlace[] = ["basic", "authorization"];

/** What is left out of a request is filled or not sent, and each request goes to the server that the caller chose. */
export function testRequests(subject: Subject): void {
  const { examples } = subject;

  it.each(examples)("sends defaults for what is left out: $title", async (example) => {
    const { operation, grant } = example;
    const server = issuing(example);
    const given = requiredCredentials(example);
    const options = { baseUrl: BASE_URL, fetch: server.fetch, clock: clockFor(example) };
    await subject.createTokenCache(given, options).getToken();
    const [sent] = server.sent;
    expect(sent?.method).toBe(operation.method);
    for (const { in: place, path, credential } of credentialMembers(grant)) {
      const value = given[credential.name] ?? credential.default;
      const name = path.at(-1) ?? "";
      if (place === "header") expect(sent?.headers.get(name)).toBe(value ?? null);
      if (place === "path") expect(sent?.url).toContain(encodeURIComponent(value ?? ""));
      if (place === "query" && value === undefined) expect(sent?.url).not.toContain(`${name}=`);
      if (place === "body" && value === undefined) expect(sent?.body).not.toContain(`${name}"`);
    }
    const isAuthorized = credentialMembers(grant).some(({ in: place }) => IN_AUTHORIZATION.includes(place));
    expect(sent?.headers.has("authorization")).toBe(isAuthorized);
  });

  describe.each(firstExamples(subject))("sends $title to", (example) => {
    const { operation, credentials } = example;
    const path = filledPath(example);

    it.each(operation.servers)("the $name server", async (chosen) => {
      const server = issuing(example);
      const { url, apiUrl, variables } = exampleServer(chosen);
      const options = { server: chosen.name, variables, fetch: server.fetch, clock: clockFor(example) };
      const tokens = subject.createTokenCache(credentials, options);
      await tokens.getToken();
      expect(tokens.baseUrl).toBe(apiUrl);
      expect(server.sent.map((request) => request.url)).toEqual([url + path]);
    });

    it("a base URL, which wins over a server and may end in a slash", async () => {
      const server = issuing(example);
      const [named] = operation.servers;
      const options = { ...(named && { server: named.name }), baseUrl: `${BASE_URL}/`, fetch: server.fetch };
      const tokens = subject.createTokenCache(credentials, { ...options, clock: clockFor(example) });
      expect(tokens.baseUrl).toBe(BASE_URL);
      await tokens.getToken();
      expect(server.sent.map((request) => request.url)).toEqual([BASE_URL + path]);
    });
  });

  const { createClient } = subject;
  if (!createClient) return;
  it.each(firstExamples(subject))(
    "sends $title from the bare client",
    async ({ operation, grant, credentials }) => {
      const [body] = Object.values(operation.success.examples);
      const server = scriptedFetch(() => exampleResponse(operation.success, body));
      const params: Record<string, Record<string, unknown>> = {};
      for (const { in: place, path, credential, constant } of grant.members) {
        const value = credential ? credentials[credential.name] : place === "body" ? undefined : constant;
        if (value !== undefined) params[place] = { ...params[place], [path[0]]: value };
      }
      const { body: sentBody, path, query, header, cookie } = params;
      const parseAs = isTextToken(operation) ? "text" : "json";
      const init = { parseAs, params: { path, query, header, cookie }, ...(sentBody && { body: sentBody }) };
      const client = createClient({ baseUrl: BASE_URL, fetch: server.fetch });
      const { data } = await client.request(operation.method.toLowerCase(), operation.path, init);
      expect(data).toEqual(body);
      expect(server.sent.map(({ method, url }) => [method, url])).toEqual([
        [operation.method, BASE_URL + filledPath({ operation, grant, credentials })],
      ]);
    },
  );
}

/** A status that a server may send: for a range or `default`, one that it covers. */
export function statusOf(status: string): number {
  return Number(status.replace("XX", "00").replace("default", "500"));
}

function issuing({ operation }: Example): ScriptedFetch {
  const [body] = Object.values(operation.success.examples);
  return scriptedFetch(() => exampleResponse(operation.success, body));
}

function clockFor({ operation: { success } }: Example): HandMovedClock {
  return clockBefore(
    evaluate(success.mapping, Object.values(success.examples)[0], success.headers).expires_at,
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
