import { number } from "@org/measure/markdown";
import { FIRST_CALLS, LATER_CALLS, type VendorFacts } from "./lifecycle.ts";
import { milliseconds } from "./shown.ts";
import { type Column, layOutTable } from "./table.ts";

const COLUMNS: readonly Column<VendorFacts>[] = [
  { title: ["vendor"], cell: ({ name }) => name },
  { title: ["first", "call"], align: "right", cell: ({ firstCall }) => milliseconds(firstCall) },
  { title: ["cached", "call"], align: "right", cell: ({ cachedCall }) => `${cachedCall.toFixed(2)} µs` },
  { title: ["expires", "in"], align: "right", cell: ({ lifeLeft }) => lifeLeft },
  { title: ["token"], cell: ({ maskedToken }) => maskedToken },
  { title: ["token", "requests"], align: "right", cell: ({ tokenRequests }) => sum(tokenRequests) },
];

const LATER = number(LATER_CALLS);
const LEGEND = [
  `Token requests that the sandbox counted: for ${number(FIRST_CALLS)} calls at`,
  `first, ${LATER} after the revocation, ${LATER} after the expiry.`,
];

/** The table of all vendors and how to read it, line by line; at most 60 columns wide unless a cell is unusually long. */
export function vendorTable(facts: readonly VendorFacts[]): string[] {
  return [...layOutTable(COLUMNS, facts), "", ...LEGEND];
}

function sum({ atFirst, afterRevocation, afterExpiry }: VendorFacts["tokenRequests"]): string {
  return [atFirst, afterRevocation, afterExpiry].map((count) => number(count)).join(" + ");
}

const OCCASIONS = [
  ["atFirst", "for the calls that started without a token"],
  ["afterRevocation", "after the revocation"],
  ["afterExpiry", "after the expiry"],
] as const;

/** A sentence for each count of token requests that is not exactly one. */
export function countProblems(facts: readonly Pick<VendorFacts, "name" | "tokenRequests">[]): string[] {
  return facts.flatMap(({ name, tokenRequests }) =>
    OCCASIONS.filter(([occasion]) => tokenRequests[occasion] !== 1).map(
      ([occasion, words]) =>
        `${name}: expected 1 token request ${words}, the sandbox counted ${tokenRequests[occasion]}`,
    ),
  );
}
