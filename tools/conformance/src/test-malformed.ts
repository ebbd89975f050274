import { describe, expect, it } from "vitest";
import { evaluate } from "./runtime-expression.ts";
import { scriptedFetch } from "./scripted-fetch.ts";
import { expectNoSecret, printed } from "./secrecy.ts";
import { isTextToken, type Subject, secretsOf } from "./subject.ts";
import { statusOf } from "./test-requests.ts";
import { refusedBy } from "./token-error.ts";

/** How much of a body an error may quote. */
const MOST_QUOTED = 200;

/** Not tokens, unless the whole body is the token. */
const TEXTS: [what: string, body: string][] = [
  ["a number", "12"],
  ["text", "OK"],
];

/** A success without a token is an error that quotes a little of it, and nothing that may be a credential. */
export function testMalformed(subject: Subject): void {
  const { vendor } = subject;
  const [example] = subject.examples;
  const { operation, grant, credentials } = example;
  const { mapping, examples, headers } = operation.success;
  const status = statusOf(operation.success.status);
  const secrets = secretsOf(grant, credentials);
  const malformed = { vendor, vendorStatus: status, code: "malformed_response" };
  const responding = (body: string) => scriptedFetch(() => new Response(body, { status }));

  describe("a success without a token", () => {
    it.each<[what: string, body: string]>([
      ["null", "null"],
      ["a list", "[]"],
      ["an empty object", "{}"],
      ...(isTextToken(operation) ? [] : TEXTS),
    ])("that is %s is malformed, and not asked for again", async (_, body) => {
      const server = responding(body);
      const error = await refusedBy(server, subject, example);
      expect(error).toMatchObject({ ...malformed, retryable: false });
      expect(server.sent).toHaveLength(1);
    });

    it.each(Object.entries(examples))(
      "that is the example %s with an empty token is malformed",
      async (_, body) => {
        const accessToken = String(evaluate(mapping, body, headers).access_token);
        const text = (JSON.stringify(body) ?? "").replace(accessToken, "");
        const error = await refusedBy(responding(text), subject, example);
        expect(error).toMatchObject(malformed);
      },
    );

    it(`is quoted up to ${MOST_QUOTED} characters`, async () => {
      const page = `<!doctype html><h1>Out of order</h1>${"<p>Come back later. ".repeat(50)}`;
      const error = await refusedBy(responding(page), subject, example);
      // What should have been a token is not shown at all.
      if (!isTextToken(operation)) expect(printed(error)).toContain(page.slice(0, 100));
      expect(printed(error)).not.toContain(page.slice(0, MOST_QUOTED + 1));
    });

    it.each(secrets.map((secret, index) => ({ secret, index })))(
      "is not quoted at all if it holds secret $index",
      async ({ secret }) => {
        const page = `<!doctype html><h1>Out of order</h1><p>You sent ${secret}</p>`;
        const error = await refusedBy(responding(page), subject, example);
        expect(printed(error)).not.toContain("Out of order");
        expectNoSecret(error, secrets);
      },
    );
  });
}
