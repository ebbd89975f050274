import {
  credentialsOf,
  expressionHeader,
  expressionPath,
  mappingsOf,
  readTokenOperations,
  type TokenOperation,
} from "@org/auth-spec";
import { readSpec, type Spec, SpecRefused } from "@org/generate/spec";
import type { Bump } from "./bump.ts";
import type { Reason } from "./reason.ts";

/** Members of a mapping: constants and runtime expressions by name. */
type Mapping = Readonly<Record<string, unknown>>;
type Operations = readonly TokenOperation[];

const REPORTED: Readonly<Record<string, string>> = {
  code: "vendorCode",
  reason: "vendorReason",
  message: "vendorMessage",
};

/**
 * What the extensions change without a trace in types: what a token and an error report, what is sent when a caller says
 * nothing, and how.
 *
 * @throws {SpecRefused} for a new specification that the generator refuses.
 */
export function mappingGate(base: Spec, revision: Spec): Reason[] {
  const now = readSpec(revision).operations;
  const { operations: old, problems } = readTokenOperations(base.document);
  if (problems.length > 0) {
    const { message } = new SpecRefused(base.file, problems);
    return [
      reason(
        "major",
        `The released specification cannot be compared, since today's generator refuses it: ${message}`,
      ),
    ];
  }
  const pairs = now.flatMap((operation) => {
    const before = old.find((one) => isSame(one, operation)) ?? (now.length === 1 ? old[0] : undefined);
    return before ? [[before, operation] as const] : [];
  });
  return [
    ...defaults(old, now),
    ...howSent(old, now),
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

function grantsOf(operations: Operations): TokenOperation["grants"] {
  return operations.flatMap(({ grants }) => grants);
}

function reason(bump: Bump, text: string): Reason {
  return { gate: "mapping", bump, where: "mapping", text };
}

function defaults(old: Operations, now: Operations): Reason[] {
  const listed = (operations: Operations) =>
    new Map(
      grantsOf(operations)
        .flatMap(credentialsOf)
        .map((credential) => [credential.name, credential]),
    );
  const before = listed(old);
  return [...listed(now).values()].flatMap(({ name, default: value }) => {
    const was = before.get(name)?.default;
    if (!before.has(name) || was === value) return [];
    if (was === undefined) return [reason("minor", `Callers who leave out \`${name}\` now send "${value}".`)];
    const what = value === undefined ? "no longer send" : `send "${value}" instead of`;
    return [reason("major", `Callers who leave out \`${name}\` now ${what} "${was}".`)];
  });
}

function mediaTypes({ mediaTypes: [was] }: TokenOperation, { mediaTypes: [is] }: TokenOperation): Reason[] {
  return was === is ? [] : [reason("patch", `Token requests are sent as \`${is}\` instead of \`${was}\`.`)];
}

function howSent(old: Operations, now: Operations): Reason[] {
  const [before, after] = [old, now].map((operations) =>
    grantsOf(operations)
      .map(({ name }) => name)
      .join(", "),
  );
  const [from, to] = [placesOf(old), placesOf(now)];
  const moved = [...to].filter(([name, places]) => from.has(name) && from.get(name) !== places);
  return [
    ...(before === after ? [] : [reason("patch", `The grants are ${after} instead of ${before}.`)]),
    ...moved.map(([name, places]) =>
      reason("patch", `\`${name}\` is sent as ${places} instead of ${from.get(name)}.`),
    ),
  ];
}

/** Credential -> where it goes, in words. */
function placesOf(operations: Operations): Map<string, string> {
  const places = new Map<string, Set<string>>();
  for (const { in: place, path, credential } of grantsOf(operations).flatMap(({ members }) => members)) {
    if (!credential) continue;
    const found = places.get(credential.name) ?? new Set();
    places.set(credential.name, found.add(`\`${path.join("/")}\` (${place})`));
  }
  return new Map([...places].map(([name, found]) => [name, [...found].join(", ")]));
}

function errors(old: TokenOperation, now: TokenOperation): Reason[] {
  const [before, after] = [old, now].map((operation) => {
    const byStatus = Object.entries(mappingsOf(operation).errors);
    return new Map(
      byStatus.map(([status, mappings = []]) => [status, Object.assign({}, ...mappings.toReversed())]),
    );
  });
  return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].flatMap((status) =>
    compare(
      before?.get(status) ?? {},
      after?.get(status) ?? {},
      (member) => `After a ${status}, the error's \`${REPORTED[member] ?? member}\``,
    ),
  );
}

function compare(old: object, now: object, subject: (member: string) => string): Reason[] {
  const [before, after]: readonly [Mapping, Mapping] = [{ ...old }, { ...now }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((member) => {
    if (!(member in after)) return [reason("major", `${subject(member)} is no longer reported.`)];
    if (!(member in before)) return [reason("minor", `${subject(member)} is now reported.`)];
    const [from, to] = [before[member], after[member]].map(readFrom);
    return from === to ? [] : [reason("patch", `${subject(member)} is read from ${to} instead of ${from}.`)];
  });
}

function readFrom(mapped: unknown): string {
  if (mapped === "$response.body") return "the whole body";
  const header = expressionHeader(mapped);
  if (header !== undefined) return `the header \`${header}\``;
  const path = expressionPath(mapped);
  return path ? `\`${path.join("/")}\`` : `the constant \`${(mapped as { constant: unknown }).constant}\``;
}
