import { number } from "@org/measure/markdown";
import type { SoakResult } from "./soak.ts";
import { TENANTS } from "./tenants.ts";

type Found = SoakResult["vendors"][string];
type OfTenants = SoakResult["tenants"];
type Row<Counts> = readonly [label: string, count: (found: Counts) => number];

const ROWS: readonly Row<Found>[] = [
  ["calls", ({ calls }) => calls],
  ["given up by their caller", ({ givenUp }) => givenUp],
  ["token requests", ({ tokenRequests }) => tokenRequests],
  ["  that met a fault", ({ faults }) => faults],
  ["revocations", ({ revocations }) => revocations],
  ["rotations of the secret", ({ rotations }) => rotations],
];
/** By code. None of the faults is one, and the vendor accepts what the function returns. */
const REFUSALS = [
  "invalid_client",
  "invalid_request",
  "invalid_grant",
  "authorization_required",
  "credentials_unavailable",
];
const EXCUSED = "tokens that expired on a slow way";
const REFUSED: Row<Found | OfTenants> = [
  "refusals seen by callers",
  ({ errors }) => sum(REFUSALS.map((code) => errors.get(code) ?? 0)),
];
const FOREIGN: Row<Found | OfTenants> = [
  "errors from outside the cache",
  ({ foreignErrors }) => foreignErrors,
];
const FAILURE_ROWS: readonly Row<Found>[] = [
  ["errors while a valid token existed", ({ errorsWhileValid }) => errorsWhileValid],
  REFUSED,
  ["expired tokens sent", ({ expiredSent }) => expiredSent],
  ["expired tokens seen by callers", ({ expiredSeen }) => expiredSeen],
  FOREIGN,
];
const LABEL_WIDTH = 38;
const COLUMN_WIDTH = 9;
/** In bytes. */
const MOST_GROWTH = 10_000_000;

/** The result as lines of text: a column per vendor, and one for all; only that one if `width` columns are not enough. */
export function resultTable(result: SoakResult, width: number = Number.POSITIVE_INFINITY): string[] {
  const found = Object.values(result.vendors);
  const row = (label: string, cells: readonly string[]) => {
    const fits = LABEL_WIDTH + cells.length * COLUMN_WIDTH <= width;
    const shown = fits ? cells : cells.slice(-1);
    return label.padEnd(LABEL_WIDTH) + shown.map((cell) => cell.padStart(COLUMN_WIDTH)).join("");
  };
  const counts = (label: string, count: (one: Found) => number) => {
    const numbers = found.map(count);
    const cells = [...numbers, sum(numbers)].map((one) => number(one));
    return row(label, cells);
  };
  const byName = (label: string, of: (one: Found) => ReadonlyMap<string, number>) => [
    counts(label, (one) => sum([...of(one).values()])),
    ...[...new Set(found.flatMap((one) => [...of(one).keys()]))]
      .sort()
      .map((name) => counts(`  ${name}`, (one) => of(one).get(name) ?? 0)),
  ];
  return [
    row("", [...Object.keys(result.vendors), "all"]),
    ...ROWS.map(([label, count]) => counts(label, count)),
    ...byName("401 from the resource", ({ refused }) => refused),
    ...byName("errors seen by callers", ({ errors }) => errors),
    counts(EXCUSED, ({ expiredOnTheWay }) => expiredOnTheWay),
    ...FAILURE_ROWS.map(([label, count]) => counts(label, count)),
    tenantsLine(result.tenants),
    `unhandled rejections: ${result.unhandledRejections.length}`,
    `heap: ${megabytes(result.heapBefore)} before, ${megabytes(result.heapAfter)} after, ${megabytes(growth(result))} growth`,
  ];
}

/** A sentence for each thing that must not happen and did. */
export function soakProblems(result: SoakResult): string[] {
  const failures = <Counts>(name: string, rows: readonly Row<Counts>[], found: Counts) =>
    rows.flatMap(([label, count]) =>
      count(found) > 0 ? [`${name}: expected 0 ${label}, counted ${number(count(found))}`] : [],
    );
  const vendors = Object.entries(result.vendors);
  const problems = [
    ...vendors.flatMap(([name, found]) => failures(name, FAILURE_ROWS, found)),
    ...vendors.flatMap(([name, { calls }]) => (calls === 0 ? [`${name}: expected calls, counted none`] : [])),
  ];
  const { mixedUp } = result.tenants;
  if (mixedUp > 0) problems.push(`tenants: expected each to get its own token, counted ${mixedUp} mixed up`);
  problems.push(...failures("tenants", [FOREIGN, REFUSED], result.tenants));
  for (const reason of result.unhandledRejections) problems.push(`unhandled rejection: ${String(reason)}`);
  if (growth(result) > MOST_GROWTH) {
    problems.push(
      `heap: expected at most ${megabytes(MOST_GROWTH)} growth, measured ${megabytes(growth(result))}`,
    );
  }
  return problems;
}

function tenantsLine({ calls, mixedUp, errors, foreignErrors }: OfTenants): string {
  const seen = [...errors].map(([name, count]) => `${number(count)} ${name}`).join(", ");
  return `${number(TENANTS)} tenants: ${number(calls)} calls, ${mixedUp} mixed up, ${foreignErrors} errors from outside the cache; errors seen: ${seen || "none"}`;
}

function growth({ heapBefore, heapAfter }: SoakResult): number {
  return heapAfter - heapBefore;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
