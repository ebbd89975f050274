import { exampleResponse } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { statusOf, vendorWords, wordsIn } from "./documented.ts";
import { refused } from "./scripted-vendor.ts";
import { expectNoSecret } from "./secrecy.ts";
import { type Example, firstExamples, type Subject, secretsOf } from "./subject.ts";

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
        said: vendorWords(refusal, body),
      })),
    );
  it.each(documented)("reads the $status response $name", async ({ status, body, refusal, said }) => {
    expect(said).toBeDefined();
    const { error, sent } = await refused(subject, example, () => exampleResponse(refusal, body));
    const code = codeOf(status, Object.values(said ?? {}));
    const retryable = TRANSIENT.has(code);
    expect(error).toMatchObject({ vendor, vendorStatus: status, code, retryable });
    expect(wordsIn(error)).toEqual(said);
    for (const text of Object.values(said ?? {})) expect(error.message).toContain(text);
    expect(sent).toHaveLength(retryable ? TRANSIENT_ATTEMPTS : 1);
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
      const { error } = await refused(subject, example, () => new Response(body, { status }));
      expect(error).toMatchObject({
        vendor,
        vendorStatus: status,
        // A vendor's refusal has its documented body or none: this comes from something in between.
        code: (REFUSALS.has(status) ? instead : undefined) ?? codeOf(status),
      });
      expect(wordsIn(error)).toEqual({});
    });

    it("that echoes the request does not bring a secret back", async () => {
      const found = documented.find((one) => one.status === status);
      const shape = found?.body ?? { error: "", error_description: "" };
      const { error } = await refused(subject, example, async (request) => {
        const echo = [request.url, ...request.headers.values(), await request.text()].join(" ");
        return Response.json(withTexts(shape, echo), { status, headers: { "Retry-After": "3600" } });
      });
      expect(error.vendorStatus).toBe(status);
      const words = Object.values(wordsIn(error)).join(" ");
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
