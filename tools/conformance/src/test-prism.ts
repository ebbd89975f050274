import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { clockBefore } from "./hand-moved-clock.ts";
import { type Prism, startPrism } from "./prism-process.ts";
import { sendRaw } from "./raw-request.ts";
import { evaluate } from "./runtime-expression.ts";
import { requiredCredentials, type Subject } from "./subject.ts";

/** Starting Prism takes seconds, on a busy machine many. */
const START_TIMEOUT = 120_000;

/** The header in which Prism says what is wrong with a request. */
const VIOLATIONS = "sl-violations";

/** Every request that the package sends is validated by Prism, which nobody here wrote. */
export function testPrism(subject: Subject): void {
  const { operation, requests, spec } = subject;
  let prism: Prism | undefined;
  beforeAll(async () => {
    prism = await startPrism(spec.path);
  }, START_TIMEOUT);
  afterAll(() => prism?.stop(), START_TIMEOUT);

  describe.each(requests)("$title", (request) => {
    const { grant, mediaType, credentials } = request;
    const violations: (string | null)[] = [];
    const optionsFor = (example: string) => ({
      baseUrl: prism?.url,
      headers: { ...(mediaType && { "Content-Type": mediaType }), Prefer: `example=${example}` },
      async fetch(sent: Request) {
        const response = await fetch(sent);
        violations.push(response.headers.get(VIOLATIONS));
        return response;
      },
    });
    beforeEach(() => {
      violations.length = 0;
    });

    describe.each(operation.tokenExamples)("answered by the example %s", (name, body) => {
      it("is accepted from a token cache", async () => {
        const said = evaluate(operation.tokenMapping, body);
        const clock = clockBefore(said.expires_at);
        for (const sent of [credentials, requiredCredentials(request)]) {
          const { accessToken } = await subject
            .createTokenCache(sent, { ...optionsFor(name), clock })
            .getToken();
          expect(accessToken).toBe(said.access_token);
        }
        expect(violations).toEqual([null, null]);
      });

      it("is accepted from the bare client", async () => {
        const answer = await subject.call(optionsFor(name), request);
        expect([answer.response.status, answer.data]).toEqual([200, body]);
        expect(violations).toEqual([null]);
      });
    });

    // Without these, a Prism that accepts everything would pass.
    describe("put together by hand", () => {
      it("is accepted", async () => {
        const response = await sendRaw(prism?.url ?? "", operation, request);
        expect([response.status, response.headers.get(VIOLATIONS)]).toEqual([200, null]);
      });

      const required = grant.fields.filter((field) => field.required);
      it.each(required)("is rejected without $credential", async (field) => {
        const response = await sendRaw(prism?.url ?? "", operation, request, field);
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.headers.get(VIOLATIONS)).toContain('"severity":"Error"');
      });
    });
  });
}
