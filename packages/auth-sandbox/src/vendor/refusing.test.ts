import { nodeAt, parametersOf } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { readAccessToken } from "../../test-support/read-token.ts";
import { schemaProblems } from "../../test-support/response-schema.ts";
import {
  callResource,
  type ExampleRequest,
  oneCasePerVendor,
  send,
  type TokenCase,
  tokenCases,
} from "../../test-support/token-cases.ts";
import { isChecked } from "../request/credentials.ts";
import { createSandbox } from "../sandbox.ts";

function documented({ operation }: TokenCase, ...statuses: [number, ...number[]]): number {
  const documented = operation.refusals.map(({ status }) => status);
  return statuses.find((status) => documented.includes(String(status))) ?? statuses[0];
}

async function expectRefusal(
  tokenCase: TokenCase,
  status: number,
  request: ExampleRequest | Promise<ExampleRequest>,
): Promise<string> {
  const sandbox = await createSandbox();
  const api = sandbox.vendor(tokenCase.vendor);
  const response = await send(sandbox.fetch, api.baseUrl, request);
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status });
  expect(schemaProblems(tokenCase.operation, status, text === "" ? "" : JSON.parse(text))).toEqual([]);
  expect(api.counts).toEqual({ tokenRequests: 1, tokensIssued: 0, resourceRequests: 0, refused: 1 });
  return response.headers.get("sandbox-reason") ?? "";
}

describe.each(await tokenCases())("$vendor, $grant as $mediaType", (tokenCase) => {
  const { vendor, operation, members, mediaType } = tokenCase;
  const checked = members
    .filter(isChecked)
    .map((member) => ({ ...member, name: member.path[0], credential: member.credential?.name ?? "" }));
  const example = async () => tokenCase.request((await createSandbox()).vendor(vendor));

  it.each(checked)("refuses a wrong $credential in the documented shape", async ({ credential }) => {
    const api = (await createSandbox()).vendor(vendor);
    const request = tokenCase.request(api, { [credential]: "https://wrong.example" });
    const singleUse = credential === "refreshToken" || credential === "code";
    const status = singleUse ? documented(tokenCase, 400) : documented(tokenCase, 401, 400);
    const reason = await expectRefusal(tokenCase, status, request);
    expect(reason).toContain(credential);
    expect(reason).not.toContain("wrong.example");
  });

  it("refuses a media type that the operation does not list", async () => {
    const request = await example();
    for (const contentType of ["text/plain", "application/xml; charset=utf-8"]) {
      const headers = { ...request.headers, "content-type": contentType };
      expect(await expectRefusal(tokenCase, 400, { ...request, headers })).toContain("Content-Type must be");
    }
  });

  it("refuses a request without a content type, even where the body is empty", async () => {
    const request = await example();
    const { "content-type": _, ...headers } = request.headers;
    // A string body would make fetch add a content type of its own.
    const sandbox = await createSandbox();
    const body = request.body === "" ? undefined : new TextEncoder().encode(request.body);
    const { status } = await send(
      sandbox.fetch,
      sandbox.vendor(vendor).baseUrl,
      { ...request, headers },
      { ...(body && { body }) },
    );
    expect(status).toBe(400);
  });

  it("refuses a body that is not what the media type says", async () => {
    const request = await example();
    const body = mediaType === "application/json" ? "{ not json, s3cret" : "%%%";
    expect(await expectRefusal(tokenCase, 400, { ...request, body })).not.toContain("s3cret");
    if (mediaType === "application/json") await expectRefusal(tokenCase, 400, { ...request, body: '"text"' });
  });

  it.each(checked)("refuses a request without $credential if it is required", async (field) => {
    const request = await example();
    const required = parametersOf(operation)
      .map(nodeAt)
      .some((one) => one.name === field.name && one.required);
    if (field.in === "header" && required) {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => name !== field.name.toLowerCase()),
      );
      await expectRefusal(tokenCase, 400, { ...request, headers });
    }
    const form = mediaType !== "application/json";
    const body = form
      ? Object.fromEntries(new URLSearchParams(request.body))
      : JSON.parse(request.body || "{}");
    if (field.in === "body" && field.name in body) {
      delete body[field.name];
      await expectRefusal(tokenCase, 400, {
        ...request,
        body: form ? new URLSearchParams(body).toString() : JSON.stringify(body),
      });
    }
  });
});

describe.each(await oneCasePerVendor())("$vendor's resource", (tokenCase) => {
  const { vendor, operation, request } = tokenCase;

  it("refuses a token it did not issue in the documented shape", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const response = await callResource(sandbox.fetch, api.baseUrl, operation.sample.accessToken);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    const text = await response.text();
    if (operation.refusals.some(({ status }) => status === "401")) {
      expect(schemaProblems(operation, 401, text === "" ? "" : JSON.parse(text))).toEqual([]);
    } else {
      expect(text).toBe("");
    }
    expect(api.counts).toEqual({ tokenRequests: 0, tokensIssued: 0, resourceRequests: 1, refused: 1 });
  });

  it("asks for a token, without an error code, where the request carries none", async () => {
    const sandbox = await createSandbox();
    const response = await sandbox.fetch(`${sandbox.vendor(vendor).baseUrl}/whoami`);
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("refuses a revoked token, and only that one", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const [first = "", second = ""] = await Promise.all(
      [1, 2].map(async () =>
        readAccessToken(operation, await send(sandbox.fetch, api.baseUrl, request(api))),
      ),
    );
    expect(api.revoke(first)).toBe(true);
    expect(api.revoke(first)).toBe(false);
    expect(api.revoke("never issued")).toBe(false);
    expect((await callResource(sandbox.fetch, api.baseUrl, first)).status).toBe(401);
    expect((await callResource(sandbox.fetch, api.baseUrl, second)).status).toBe(200);
    expect(api.revokeAll()).toBe(1);
    expect((await callResource(sandbox.fetch, api.baseUrl, second)).status).toBe(401);
  });

  it("does not accept another vendor's token", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const token = await readAccessToken(operation, await send(sandbox.fetch, api.baseUrl, request(api)));
    for (const other of Object.values(sandbox.vendors)) {
      const { status } = await callResource(sandbox.fetch, other.baseUrl, token);
      expect(status).toBe(other.name === vendor ? 200 : 401);
    }
  });

  it("is not found elsewhere, and takes no other method", async () => {
    const sandbox = await createSandbox();
    const { baseUrl } = sandbox.vendor(vendor);
    const { path } = await request(sandbox.vendor(vendor));
    expect((await sandbox.fetch(`${baseUrl}/nowhere`)).status).toBe(404);
    expect((await sandbox.fetch(baseUrl + path)).status).toBe(405);
    const post = await sandbox.fetch(`${baseUrl}/whoami`, { method: "POST" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET"]);
  });
});
