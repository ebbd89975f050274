import type { Occasion, VendorFacts } from "./lifecycle.ts";

const OCCASIONS: Readonly<Record<Occasion, string>> = {
  atFirst: "for the calls that started without a token",
  afterRevocation: "after the revocation",
  afterExpiry: "after the expiry",
};

/** A sentence for each count of token requests that is not exactly one. */
export function countProblems(facts: readonly Pick<VendorFacts, "name" | "tokenRequests">[]): string[] {
  return facts.flatMap(({ name, tokenRequests }) =>
    Object.entries(tokenRequests)
      .filter(([, count]) => count !== 1)
      .map(
        ([occasion, count]) =>
          `${name}: expected 1 token request ${OCCASIONS[occasion as Occasion]}, the sandbox counted ${count}`,
      ),
  );
}
