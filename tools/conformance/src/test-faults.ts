import type { BodyFault, Fault } from "@org/auth-sandbox";
import { credentialsOf, expressionHeader, type TokenOperation } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { type VendorWords, vendorWords, wordsIn } from "./documented.ts";
import type { RunningSandbox } from "./running-sandbox.ts";
import { tokenError } from "./scripted-vendor.ts";
import { credentialLike, expectNoSecret, printed } from "./secrecy.ts";
import { credentialMembers, isTextToken, type Subject, secretsOf } from "./subject.ts";

const BODIES: readonly BodyFault[] = ["html", "empty", "truncated", "no-token", "token-not-string"];
/** Faults of the body, which leave a token in a header intact. */
const BODY_ONLY = BODIES.filter((body) => body !== "no-token");
/** Faults whose body could be a token if the whole body is one. */
const TEXT: readonly BodyFault[] = ["truncated", "token-not-string"];

/** What goes wrong between a vendor and a client, over a real socket. */
export function testFaults(subject: Subject, running: RunningSandbox): void {
  const [{ operation, grant }] = subject.examples;
  const allowsJsonText = operation.success.jsonText !== undefined;
  const inHeader = expressionHeader(operation.success.mapping.access_token) !== undefined;

  /** A cache whose next token request meets the fault, and what the vendor then really sent. */
  const createTokens = (fault: Fault) => {
    const received: string[] = [];
    const credentials = running.vendor.credentials(grant.name);
    const tokens = subject.createTokenCache(credentials, {
      baseUrl: running.baseUrl,
      clock: running.clock,
      async fetch(request: Request) {
        const response = await fetch(request);
        received.push(await response.clone().text());
        return response;
      },
    });
    running.vendor.fault({ times: 1, ...fault });
    return { tokens, received, secrets: secretsOf(grant, credentials) };
  };

  const bodies: readonly BodyFault[] = [
    ...BODIES.filter((body) => !(isTextToken(operation) ? TEXT : inHeader ? BODY_ONLY : []).includes(body)),
    ...(allowsJsonText ? (["broken-json-string"] as const) : []),
  ];
  it.each(bodies)(
    "a 200 response that is %s is malformed, shows no credential, and is not remembered",
    async (body) => {
      const { tokens, received, secrets } = createTokens({ body });
      const error = await tokenError(tokens.getToken());
      expect(error).toMatchObject({ vendor: subject.vendor, vendorStatus: 200, code: "malformed_response" });
      const [text = ""] = received;
      expectNoSecret(error, [...secrets, ...credentialLike(text)]);
      if (text.length > 200) expect(printed(error)).not.toContain(text.slice(0, 201));

      const token = await tokens.getToken();
      expect(token.accessToken).not.toBe("");
      expect(running.vendor.counts.tokenRequests).toBe(2);
    },
  );

  if (allowsJsonText) {
    it("a 200 response with its members as JSON text is read", async () => {
      const { tokens } = createTokens({ body: "json-string" });
      const { expiresAt } = await tokens.getToken();
      expect(expiresAt).toBe(running.clock.now() + running.vendor.lifetime * 1000);
    });
  }

  describe("a transient failure is tried again", () => {
    it.each<[string, Fault]>([
      ["a dropped connection", { drop: true }],
      ["a 503", { status: 503 }],
      ["a 429 that says when", { status: 429, retryAfter: 2 }],
    ])("after %s", async (_, fault) => {
      const { tokens } = createTokens(fault);
      await tokens.getToken();
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 2, tokensIssued: 1 });
    });
  });

  it("a vendor whose clock is an hour wrong does not shorten or prolong a token", async () => {
    for (const clockOffset of [-3_600_000, 3_600_000]) {
      const { tokens } = createTokens({ clockOffset });
      const { expiresAt } = await tokens.getToken();
      const expected = running.clock.now() + running.vendor.lifetime * 1000;
      // The `Date` header that corrects an absolute expiry has whole seconds, and the earlier expiry is believed.
      expect(expiresAt).toBeGreaterThanOrEqual(expected - 2000);
      expect(expiresAt).toBeLessThanOrEqual(expected);
    }
  });
}

/** Wrong credentials over a real socket: the vendor's words, no secret, and no second request. */
export function testRefusals(subject: Subject, running: RunningSandbox): void {
  const { vendor: name, spec } = subject;

  const wrongOnes = spec.operations.flatMap((operation) =>
    operation.grants.flatMap((grant) => {
      const sent = new Set(credentialMembers(grant).map(({ credential }) => credential.name));
      return credentialsOf(grant)
        .filter(({ name, required }) => required && sent.has(name))
        .map(({ name: credential }) => ({ operation, grant, grantName: grant.name, credential }));
    }),
  );
  describe.each(wrongOnes)("a wrong $credential for $grantName", ({ operation, grant, credential }) => {
    const createRefused = () => {
      const right = running.vendor.credentials(grant.name);
      const wrong = { ...right, [credential]: `${right[credential]}-but-wrong` };
      const { baseUrl, clock } = running;
      return {
        tokens: subject.createTokenCache(wrong, { baseUrl, clock }),
        secrets: secretsOf(grant, wrong),
      };
    };

    it("is an error in the vendor's words, without a secret", async () => {
      const { tokens, secrets } = createRefused();
      const error = await tokenError(tokens.getToken());
      expect(error.vendor).toBe(name);
      expect(["invalid_client", "invalid_grant", "invalid_request"]).toContain(error.code);
      expect(error.retryable).toBe(false);
      expect(wordsFor(operation, error.vendorStatus)).toContainEqual(wordsIn(error));
      expectNoSecret(error, secrets);
    });

    it("is remembered, so that twenty callers make one request", async () => {
      const { tokens } = createRefused();
      for (let caller = 0; caller < 20; caller++) await tokenError(tokens.getToken());
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 1, refused: 1 });
    });
  });
}

/** The words in each documented example of a status; none if no body is documented. */
function wordsFor({ refusals }: TokenOperation, status: number | undefined): VendorWords[] {
  const refusal = refusals.find((one) => [String(status), "4XX", "default"].includes(one.status));
  expect(refusal).toBeDefined();
  const words = Object.values(refusal?.examples ?? {}).map(
    (body) => (refusal && vendorWords(refusal, body)) ?? {},
  );
  return words.length > 0 ? words : [{}];
}
