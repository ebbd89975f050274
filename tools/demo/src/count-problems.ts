import type { TokenRequests, VendorFacts } from "./vendor-facts.ts";

const OCCASIONS: Readonly<Record<keyof TokenRequests, string>> = {
  atFirst: "for the calls that started without a token",
  afterRevocation: "after the revocation",
  afterExpiry: "after the expiry",
};

/** A sentence for each count of token requests that is not exactly one. */
export function countProblems(facts: readonly Pick<VendorFacts, "name" | "tokenRequests">[]): string[] {
  return facts.flatMap(({ name, tokenRequests }) =>
    (Object.keys(OCCASIONS) as (keyof TokenRequests)[])
      .filter((occasion) => tokenRequests[occasion] !== 1)
      .map(
        (occasion) =>
          `${name}: expected 1 token request ${OCCASIONS[occasion]}, the sandbox counted ${tokenRequests[occasion]}`,
      ),
  );
}
