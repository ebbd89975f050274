import { exampleResponse } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { evaluateFirst } from "./runtime-expression.ts";
import { scriptedFetch } from "./scripted-fetch.ts";
import { expectNoSecret } from "./secrecy.ts";
import { type Example, firstExamples, type Subject, secretsOf } from "./subject.ts";
import { statusOf } from "./test-requests.ts";
import { asText, refusedBy } from "./token-error.ts";

/** Statuses that stand for a range which the specification documents as a whole. */
const OF_RANGE: Readonly<Record<string, readonly number[]>> = {
  "4XX": [400, 401, 403, 404, 429],
  "5XX": [500, 503],
};

const CODES: Readonly<Record<number, string>> = {
  400: "invalid_request",
  401: "invalid_client",
  403: "invalid_client",
  408: "server_error",
  425: "server_error",
  429: "rate_limited",
};
const REFUSALS: ReadonlySet<number> = new Set([400, 403]);
const TRANSIENT_ATTEMPTS = 3;
/** Codes of failures that are tried again. */
const TRANSIENT: ReadonlySet<string> = new Set(["server_error", "rate_limited"]);

/** Each documented refusal becomes a `TokenRequestError` in the vendor's words. */
export function testErrors(subject: Subject): void {
  for (const example of firstExamples(subject)) testOperation(subject, example);
}

function testOperation(subject: Subject, example: Example): void {
  const { vendor } = subject;
  const { operation, grant, credentials } = example;

  const documented = operation.refusals
    .filter(({ mappings }) => mappings.length > 0)
    .flatMap((refusal) =>
      Object.entries(refusal.examples).map(([name, body]) => ({
        status: statusOf(refusal.status),
        name,
        body,
        refusal,
        said: evaluateFirst(refusal.mappings, body, refusal.headers),
      })),
    );
  it.each(documented)("reads the $status response $name", async ({ status, body, refusal, said }) => {
    expect(said).toBeDefined();
    const server = scriptedFetch(() => exampleResponse(refusal, body));
    const error = await refusedBy(server, subject, example);
    const code = codeOf(status, [said?.code, said?.reason]);
    const retryable = TRANSIENT.has(code);
    expect(error).toMatchObject({ vendor, vendorStatus: status, code, retryable });
    const { vendorCode, vendorReason, vendorMessage } = error;
    expect({ vendorCode, vendorReason, vendorMessage }).toEqual({
      vendorCode: asText(said?.code),
      vendorReason: asText(said?.reason),
      vendorMessage: asText(said?.message),
    });
    for (const text of Object.values(said ?? {})) expect(error.message).toContain(asText(text));
    expect(server.sent).toHaveLength(retryable ? TRANSIENT_ATTEMPTS : 1);
  });

  // A success without the members of a refusal is not one.
  const refusing = operation.refusals.filter(({ status }) => !status.startsWith("2"));
  const statuses = refusing.flatMap(({ status }) => OF_RANGE[status] ?? [statusOf(status)]);
  describe.each(statuses)("a %i response", (status) => {
    it.each([
      ["no body", null, undefined],
      ["a page of HTML", "<!doctype html><h1>Out of order</h1>", "unexpected_response"],
      ["half a body", '{"error": {"code": "1', "unexpected_response"],
      ["null", "null", "unexpected_response"],
      ["a list", "[]", "unexpected_response"],
    ])("with %s is refused without the vendor's words", async (_, body, instead) => {
      const server = scriptedFetch(() => new Response(body, { status }));
      const error = await refusedBy(server, subject, example);
      expect(error).toMatchObject({
        vendor,
        vendorStatus: status,
        // A vendor's refusal has its documented body or none: this comes from something in between.
        code: (REFUSALS.has(status) ? instead : undefined) ?? codeOf(status),
      });
      const { vendorCode, vendorReason, vendorMessage } = error;
      expect([vendorCode, vendorReason, vendorMessage]).toEqual([undefined, undefined, undefined]);
    });

    it("that echoes the request does not bring a secret back", async () => {
      const found = documented.find((one) => one.status === status);
      const shape = found?.body ?? { error: "", error_description: "" };
      const server = scriptedFetch((request) => {
        const echo = [request.url, ...request.headers.values(), request.body].join(" ");
        return Response.json(withTexts(shape, echo), { status, headers: { "Retry-After": "3600" } });
      });
      const error = await refusedBy(server, subject, example);
      expect(error.vendorStatus).toBe(status);
      const words = [error.vendorCode, error.vendorReason, error.vendorMessage].join(" ");
      // A refusal that is documented in a header is not read from the body.
      if (!found || found.body !== undefined) expect(words).toContain("[redacted]");
      expectNoSecret(error, secretsOf(grant, credentials));
    });
  });
}

function codeOf(status: number, said: readonly unknown[] = []): string {
  const isRefusal = status < 300 || status === 400 || status === 401 || status === 403;
  if (isRefusal && said.includes("invalid_grant")) return "invalid_grant";
  if (status < 300 || (isRefusal && said.includes("invalid_client"))) return "invalid_client";
  return CODES[status] ?? (status >= 500 ? "server_error" : "unexpected_status");
}

/** The same shape with every text replaced by another. */
function withTexts(shape: unknown, text: string): unknown {
  if (typeof shape === "string") return text;
  if (typeof shape !== "object" || shape === null) return shape;
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, withTexts(value, text)]));
}
