import { credentialsOf, type TokenOperation } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { useSandbox } from "./running-sandbox.ts";
import { evaluateFirst } from "./runtime-expression.ts";
import { expectNoSecret } from "./secrecy.ts";
import { credentialMembers, type Subject, secretsOf } from "./subject.ts";
import { asText, tokenError } from "./token-error.ts";

/** Wrong credentials over a real socket: the vendor's words, no secret, and no second request. */
export function testRefusals(subject: Subject): void {
  const { vendor: name, spec } = subject;
  const running = useSandbox(subject);

  const wrongOnes = spec.operations.flatMap((operation) =>
    operation.grants.flatMap((grant) =>
      [...new Set(credentialMembers(grant).map(({ credential }) => credential.name))]
        .filter((name) => credentialsOf(grant).some((one) => one.name === name && one.required))
        .map((credential) => ({ operation, grant, grantName: grant.name, credential })),
    ),
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
      expect(wordsFor(operation, error.vendorStatus)).toContainEqual([
        error.vendorCode,
        error.vendorReason,
        error.vendorMessage,
      ]);
      expectNoSecret(error, secrets);
    });

    it("is remembered, so that twenty callers make one request", async () => {
      const { tokens } = createRefused();
      for (let caller = 0; caller < 20; caller++) await tokenError(tokens.getToken());
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 1, refused: 1 });
    });
  });
}

/** The code, reason and message of each documented example of a status; none if no body is documented. */
function wordsFor({ refusals }: TokenOperation, status: number | undefined): (string | undefined)[][] {
  const refusal = refusals.find((one) => [String(status), "4XX", "default"].includes(one.status));
  expect(refusal).toBeDefined();
  const bodies = Object.values(refusal?.examples ?? {});
  const said = bodies.map((body) => evaluateFirst(refusal?.mappings ?? [], body, refusal?.headers) ?? {});
  const words = said.map(({ code, reason, message }) => [code, reason, message].map(asText));
  return words.length > 0 ? words : [[undefined, undefined, undefined]];
}
