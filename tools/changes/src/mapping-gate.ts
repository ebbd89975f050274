import {
  credentialsOf,
  expressionHeader,
  expressionPath,
  mappingsOf,
  readTokenOperations,
  type TokenOperation,
} from "@org/auth-spec";
import { readSpec, type Spec, SpecRefused } from "@org/generate/spec";
import { type Reason, reasonsOf } from "./reason.ts";

/** Members of a mapping: constants and runtime expressions by name. */
type Mapping = Readonly<Record<string, unknown>>;
type Grants = TokenOperation["grants"];

const { major, minor, patch } = reasonsOf("mapping");

const REPORTED: Readonly<Record<string, string>> = {
  code: "vendorCode",
  reason: "vendorReason",
  message: "vendorMessage",
};

/**
 * What the extensions change without a trace in the types: what a token and an error report, and what is sent by default,
 * and how.
 *
 * @throws {SpecRefused} for a new specification that the generator refuses.
 */
export function mappingGate(base: Spec, revision: Spec): Reason[] {
  const now = readSpec(revision).operations;
  const { operations: old, problems } = readTokenOperations(base.document);
  if (problems.length > 0) {
    const { message } = new SpecRefused(base.file, problems);
    return [
      major(`The released specification cannot be compared, since today's generator refuses it: ${message}`),
    ];
  }
  const pairs = now.flatMap((operation) => {
    const before = old.find((one) => isSame(one, operation)) ?? (now.length === 1 ? old[0] : undefined);
    return before ? [[before, operation] as const] : [];
  });
  const grantsOf = (operations: readonly TokenOperation[]) => operations.flatMap(({ grants }) => grants);
  return [
    ...defaults(grantsOf(old), grantsOf(now)),
    ...howSent(grantsOf(old), grantsOf(now)),
    ...pairs.flatMap(([before, after]) => [
      ...mediaTypes(before, after),
      ...compare(mappingsOf(before).token, mappingsOf(after).token, (member) => `The token's \`${member}\``),
      ...errors(before, after),
    ]),
  ];
}

/** Whether two operations issue tokens for the same grant. */
function isSame(old: TokenOperation, now: TokenOperation): boolean {
  return old.grants.some(({ name }) => now.grants.some((grant) => grant.name === name));
}

function defaults(old: Grants, now: Grants): Reason[] {
  const listed = (grants: Grants) =>
    new Map(grants.flatMap(credentialsOf).map((credential) => [credential.name, credential]));
  const before = listed(old);
  return [...listed(now).values()].flatMap(({ name, default: value }) => {
    const was = before.get(name)?.default;
    if (!before.has(name) || was === value) return [];
    if (was === undefined) return [minor(`Callers who leave out \`${name}\` now send "${value}".`)];
    const what = value === undefined ? "no longer send" : `send "${value}" instead of`;
    return [major(`Callers who leave out \`${name}\` now ${what} "${was}".`)];
  });
}

function mediaTypes({ mediaTypes: [was] }: TokenOperation, { mediaTypes: [is] }: TokenOperation): Reason[] {
  return was === is ? [] : [patch(`Token requests are sent as \`${is}\` instead of \`${was}\`.`)];
}

function howSent(old: Grants, now: Grants): Reason[] {
  const [before, after] = [old, now].map((grants) => grants.map(({ name }) => name).join(", "));
  const [from, to] = [placesOf(old), placesOf(now)];
  const moved = [...to].filter(([name, places]) => from.has(name) && from.get(name) !== places);
  return [
    ...(before === after ? [] : [patch(`The grants are ${after} instead of ${before}.`)]),
    ...moved.map(([name, places]) => patch(`\`${name}\` is sent as ${places} instead of ${from.get(name)}.`)),
  ];
}

/** Credential -> where it goes, in words. */
function placesOf(grants: Grants): Map<string, string> {
  const sent = grants.flatMap(({ members }) => members).filter(({ credential }) => credential);
  const groups = Map.groupBy(sent, ({ credential }) => credential?.name ?? "");
  return new Map(
    [...groups].map(([name, members]) => {
      const places = members.map(({ in: place, path }) => `\`${path.join("/")}\` (${place})`);
      return [name, [...new Set(places)].join(", ")];
    }),
  );
}

function errors(old: TokenOperation, now: TokenOperation): Reason[] {
  const [before, after] = [mappingsOf(old).errors, mappingsOf(now).errors];
  // Of several mappings the first that finds something counts.
  const merged = (mappings: readonly object[] = []) => Object.assign({}, ...mappings.toReversed());
  return Object.keys({ ...before, ...after }).flatMap((status) =>
    compare(
      merged(before[status]),
      merged(after[status]),
      (member) => `After a ${status}, the error's \`${REPORTED[member] ?? member}\``,
    ),
  );
}

function compare(old: object, now: object, subject: (member: string) => string): Reason[] {
  const [before, after]: readonly [Mapping, Mapping] = [{ ...old }, { ...now }];
  return Object.keys({ ...before, ...after }).flatMap((member) => {
    if (!(member in after)) return [major(`${subject(member)} is no longer reported.`)];
    if (!(member in before)) return [minor(`${subject(member)} is now reported.`)];
    const [from, to] = [before[member], after[member]].map(readFrom);
    return from === to ? [] : [patch(`${subject(member)} is read from ${to} instead of ${from}.`)];
  });
}

function readFrom(mapped: unknown): string {
  if (mapped === "$response.body") return "the whole body";
  const header = expressionHeader(mapped);
  if (header !== undefined) return `the header \`${header}\``;
  const path = expressionPath(mapped);
  return path ? `\`${path.join("/")}\`` : `the constant \`${(mapped as { constant: unknown }).constant}\``;
}
