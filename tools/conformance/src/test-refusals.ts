import { credentialsOf, type TokenOperation } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { type VendorWords, vendorWords, wordsIn } from "./documented.ts";
import type { RunningSandbox } from "./running-sandbox.ts";
import { tokenError } from "./scripted-vendor.ts";
import { expectNoSecret } from "./secrecy.ts";
import { credentialMembers, type Subject, secretsOf } from "./subject.ts";

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
