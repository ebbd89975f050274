import { exampleResponse } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { createClock, momentOf } from "./hand-moved-clock.ts";
import { evaluate } from "./runtime-expression.ts";
import { scriptedFetch } from "./scripted-fetch.ts";
import { expectNoSecret } from "./secrecy.ts";
import { BASE_URL, DEFAULT_LIFETIME, firstExamples, type Subject } from "./subject.ts";

/** Each example of a token response is read as `x-token-response` says. */
export function testTokens(subject: Subject): void {
  const cases = firstExamples(subject).flatMap(({ operation: { success }, credentials }) =>
    Object.entries(success.examples).map(([name, body]) => ({ name, body, credentials, success })),
  );

  describe.each(cases)("reads the token response $name", ({ body, credentials, success }) => {
    const members = evaluate(success.mapping, body, success.headers);
    const { sentAt, expiresAt } = times(members);
    const server = scriptedFetch(() => exampleResponse(success, body));
    const clock = createClock(sentAt);
    const tokens = subject.createTokenCache(credentials, { baseUrl: BASE_URL, fetch: server.fetch, clock });

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

/** When to send the request for the example's times to make sense, and when its token then expires. */
function times(members: Readonly<Record<string, unknown>>): { sentAt: number; expiresAt: number } {
  const lifetime = Number(members.expires_in ?? DEFAULT_LIFETIME) * 1000;
  const expiresAt = momentOf(members.expires_at);
  // Not the documented lifetime, which is what would be believed if `expires_at` were not understood.
  if (expiresAt !== undefined) return { sentAt: expiresAt - lifetime / 2, expiresAt };
  const sentAt = Date.UTC(2030, 0, 1);
  return { sentAt, expiresAt: sentAt + lifetime };
}
