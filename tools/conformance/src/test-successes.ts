import { exampleResponse } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { momentOf, statusOf, tokenMembers } from "./documented.ts";
import { BASE_URL, clockWithin, refused, scriptedFetch } from "./scripted-vendor.ts";
import { expectNoSecret, printed } from "./secrecy.ts";
import { DEFAULT_LIFETIME, firstExamples, isTextToken, type Subject, secretsOf } from "./subject.ts";

/** Each example of a token response is read as `x-token-response` says. */
export function testTokens(subject: Subject): void {
  const cases = firstExamples(subject).flatMap(({ operation: { success }, credentials }) =>
    Object.entries(success.examples).map(([name, body]) => ({ name, body, credentials, success })),
  );

  describe.each(cases)("reads the token response $name", ({ name, body, credentials, success }) => {
    const members = tokenMembers(success, name);
    const { fetch } = scriptedFetch(() => exampleResponse(success, body));
    const clock = clockWithin(success, name);
    const lifetime = Number(members.expires_in ?? DEFAULT_LIFETIME) * 1000;
    const expiresAt = momentOf(members.expires_at) ?? clock.now() + lifetime;
    const tokens = subject.createTokenCache(credentials, { baseUrl: BASE_URL, fetch, clock });

    it("into token, type, expiry, scope and refresh token", async () => {
      const token = await tokens.getToken();
      expect({ ...token, accessToken: token.accessToken, refreshToken: token.refreshToken }).toEqual({
        accessToken: members.access_token,
        tokenType: members.token_type ?? "Bearer",
        expiresAt,
        scope: members.scope,
        refreshToken: members.refresh_token,
      });
    });

    it("without showing it in a log", async () => {
      const token = await tokens.getToken();
      const secrets = [token.accessToken, token.refreshToken].filter((secret) => secret !== undefined);
      expect(secrets.length).toBeGreaterThan(0);
      expectNoSecret(token, secrets);
      expectNoSecret({ deep: { down: [tokens, token] } }, secrets);
    });
  });
}

/** How much of a body an error may quote. */
const MOST_QUOTED = 200;
const PAGE = "<!doctype html><h1>Out of order</h1>";

/** A success without a token is an error that quotes a little of it, and nothing that may be a credential. */
export function testMalformed(subject: Subject): void {
  const { vendor } = subject;
  const [example] = subject.examples;
  const { operation, grant, credentials } = example;
  const { success } = operation;
  const status = statusOf(success.status);
  const secrets = secretsOf(grant, credentials);
  const malformed = { vendor, vendorStatus: status, code: "malformed_response" };
  const getRefused = (body: string) => refused(subject, example, () => new Response(body, { status }));

  describe("a success without a token", () => {
    const bodies = { null: "null", "a list": "[]", "an empty object": "{}" };
    // Not tokens, unless the whole body is the token.
    const texts = isTextToken(operation) ? {} : { "a number": "12", text: "OK" };
    it.each(Object.entries({ ...bodies, ...texts }))(
      "that is %s is malformed, and not asked for again",
      async (_, body) => {
        const { error, sent } = await getRefused(body);
        expect(error).toMatchObject({ ...malformed, retryable: false });
        expect(sent).toHaveLength(1);
      },
    );

    it.each(Object.entries(success.examples))(
      "that is the example %s with an empty token is malformed",
      async (name, body) => {
        const accessToken = String(tokenMembers(success, name).access_token);
        const { error } = await getRefused((JSON.stringify(body) ?? "").replace(accessToken, ""));
        expect(error).toMatchObject(malformed);
      },
    );

    it(`is quoted up to ${MOST_QUOTED} characters`, async () => {
      const page = PAGE + "<p>Come back later. ".repeat(50);
      const { error } = await getRefused(page);
      // What should have been a token is not shown at all.
      if (!isTextToken(operation)) expect(printed(error)).toContain(page.slice(0, 100));
      expect(printed(error)).not.toContain(page.slice(0, MOST_QUOTED + 1));
    });

    it.each(secrets.map((secret, index) => ({ secret, index })))(
      "is not quoted at all if it holds secret $index",
      async ({ secret }) => {
        const { error } = await getRefused(`${PAGE}<p>You sent ${secret}</p>`);
        expect(printed(error)).not.toContain("Out of order");
        expectNoSecret(error, secrets);
      },
    );
  });
}
