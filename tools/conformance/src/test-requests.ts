import { describe, expect, it } from "vitest";
import { basicHeader } from "./basic-authentication.ts";
import { clockBefore, type HandMovedClock } from "./hand-moved-clock.ts";
import type { RequestExample } from "./request-example.ts";
import { evaluate } from "./runtime-expression.ts";
import { type ScriptedFetch, scriptedFetch } from "./scripted-fetch.ts";
import { anyRequest, requiredCredentials, type Subject } from "./subject.ts";
import { serversOf } from "./vendor-servers.ts";

const BASE_URL = "https://api.example.com/below";

/** Every example request of the specification is what the package sends, to the server it was told. */
export function testRequests(subject: Subject): void {
  const { operation, requests, spec } = subject;

  describe("sends the specification's example request", () => {
    it.each(requests)("from a token cache: $title", async (example) => {
      const server = answering(subject);
      const headers = contentType(example, subject);
      await subject
        .createTokenCache(example.credentials, {
          baseUrl: BASE_URL,
          fetch: server.fetch,
          headers,
          clock: clockFor(subject),
        })
        .getToken();
      expectExample(server, example, subject);
    });

    it.each(requests)("from the bare client: $title", async (example) => {
      const server = answering(subject);
      const headers = contentType(example, subject);
      const answer = await subject.call({ baseUrl: BASE_URL, fetch: server.fetch, headers }, example);
      expect(answer.data).toEqual(operation.tokenExamples[0]?.[1]);
      expectExample(server, example, subject);
    });

    it.each(requests)("with defaults for what is left out: $title", async (example) => {
      const server = answering(subject);
      await subject
        .createTokenCache(requiredCredentials(example), {
          baseUrl: BASE_URL,
          fetch: server.fetch,
          clock: clockFor(subject),
        })
        .getToken();
      const [sent] = server.sent;
      const filled = { ...defaultsOf(example), ...requiredCredentials(example) };
      expect(sent?.headers.get("authorization")).toBe(
        authorization({ grant: example.grant, credentials: filled }),
      );
      expect(sent?.url).toBe(BASE_URL + filledPath(subject, filled));
      for (const { credential, in: place, name } of example.grant.fields) {
        if (place === "header") expect(sent?.headers.get(name)).toBe(filled[credential] ?? null);
        if (place === "body" && filled[credential] === undefined)
          expect(sent?.body).not.toContain(`${name}"`);
      }
    });
  });

  describe("sends it to", () => {
    const example = anyRequest(subject);
    const path = filledPath(subject, example.credentials);

    it.each(serversOf(spec.resolved))("the $name server", async ({ name, url }) => {
      const server = answering(subject);
      const tokens = subject.createTokenCache(example.credentials, {
        server: name,
        fetch: server.fetch,
        clock: clockFor(subject),
      });
      await tokens.getToken();
      expect(tokens.baseUrl).toBe(url);
      expect(server.sent.map((request) => request.url)).toEqual([url + path]);
    });

    it("a base URL, which wins over a server and may end in a slash", async () => {
      const server = answering(subject);
      const [named] = serversOf(spec.resolved);
      const options = { ...(named && { server: named.name }), baseUrl: `${BASE_URL}/`, fetch: server.fetch };
      const tokens = subject.createTokenCache(example.credentials, { ...options, clock: clockFor(subject) });
      expect(tokens.baseUrl).toBe(BASE_URL);
      await tokens.getToken();
      await subject.call(options, example);
      expect(server.sent.map((request) => request.url)).toEqual([BASE_URL + path, BASE_URL + path]);
    });
  });
}

function answering({ operation }: Subject): ScriptedFetch {
  return scriptedFetch(() => Response.json(operation.tokenExamples[0]?.[1]));
}

function clockFor({ operation }: Subject): HandMovedClock {
  const said = evaluate(operation.tokenMapping, operation.tokenExamples[0]?.[1]);
  return clockBefore(said.expires_at);
}

/** The preferred media type needs no asking for. */
function contentType({ mediaType }: RequestExample, { operation }: Subject): Record<string, string> {
  return mediaType === undefined || mediaType === operation.mediaTypes[0]
    ? {}
    : { "Content-Type": mediaType };
}

function expectExample(
  server: ScriptedFetch,
  { grant, credentials, mediaType, body }: RequestExample,
  subject: Subject,
) {
  expect(server.sent).toHaveLength(1);
  const [sent] = server.sent;
  expect(sent?.method).toBe(subject.operation.method.toUpperCase());
  expect(sent?.url).toBe(BASE_URL + filledPath(subject, credentials));
  expect(sent?.headers.get("content-type")).toBe(mediaType ?? null);
  expect(sent?.headers.get("authorization")).toBe(authorization({ grant, credentials }));
  expect(decoded(sent?.body ?? "", mediaType)).toEqual(body);
  for (const { credential, in: place, name } of grant.fields) {
    if (place === "header") expect(sent?.headers.get(name)).toBe(credentials[credential] ?? null);
  }
}

/** A token request carries no token; at most it says by HTTP Basic who asks. */
function authorization({ grant, credentials }: Pick<RequestExample, "grant" | "credentials">): string | null {
  return basicHeader(grant, credentials).Authorization ?? null;
}

function decoded(body: string, mediaType: string | undefined): unknown {
  if (body === "") return undefined;
  return mediaType === "application/x-www-form-urlencoded"
    ? Object.fromEntries(new URLSearchParams(body))
    : JSON.parse(body);
}

function defaultsOf({ grant }: RequestExample): Record<string, string> {
  const withDefault = grant.fields.filter((field) => field.default !== undefined);
  return Object.fromEntries(withDefault.map((field) => [field.credential, String(field.default)]));
}

/** The path and query of a request with these credentials in their places. */
function filledPath({ operation }: Subject, credentials: Readonly<Record<string, string>>): string {
  const fields = operation.grants.flatMap((grant) => grant.fields);
  const query = new URLSearchParams();
  let { path } = operation;
  for (const { credential, in: place, name } of fields) {
    const value = credentials[credential];
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value ?? ""));
    if (place === "query" && value !== undefined) query.set(name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}
