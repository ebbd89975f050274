import { number } from "@org/measure/markdown";
import type { SoakResult } from "./soak.ts";
import { TENANTS, type TenantSightings } from "./tenants.ts";

type Found = SoakResult["vendors"][string];

const ROWS: readonly (readonly [label: string, (found: Found) => number])[] = [
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
const FAILURE_ROWS: typeof ROWS = [
  ["errors while a valid token existed", ({ errorsWhileValid }) => errorsWhileValid],
  ["refusals seen by callers", ({ errors }) => sum(REFUSALS.map((code) => errors.get(code) ?? 0))],
  ["expired tokens sent", ({ expiredSent }) => expiredSent],
  ["expired tokens seen by callers", ({ expiredSeen }) => expiredSeen],
  ["errors from outside the cache", ({ foreignErrors }) => foreignErrors],
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
  const problems = Object.entries(result.vendors).flatMap(([name, found]) =>
    FAILURE_ROWS.filter(([, count]) => count(found) > 0).map(
      ([label, count]) => `${name}: expected 0 ${label}, counted ${number(count(found))}`,
    ),
  );
  for (const [name, { calls }] of Object.entries(result.vendors)) {
    if (calls === 0) problems.push(`${name}: expected calls, counted none`);
  }
  const { mixedUp, foreignErrors, errors } = result.tenants;
  if (mixedUp > 0) problems.push(`tenants: expected each to get its own token, counted ${mixedUp} mixed up`);
  if (foreignErrors > 0)
    problems.push(`tenants: expected 0 errors from outside the cache, counted ${foreignErrors}`);
  const refused = sum(REFUSALS.map((code) => errors.get(code) ?? 0));
  if (refused > 0) problems.push(`tenants: expected 0 refusals seen by callers, counted ${refused}`);
  for (const reason of result.unhandledRejections) problems.push(`unhandled rejection: ${String(reason)}`);
  if (growth(result) > MOST_GROWTH) {
    problems.push(
      `heap: expected at most ${megabytes(MOST_GROWTH)} growth, measured ${megabytes(growth(result))}`,
    );
  }
  return problems;
}

function tenantsLine({ calls, mixedUp, errors, foreignErrors }: TenantSightings): string {
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
