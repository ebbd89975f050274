import { credentialsOf } from "@org/generate/grants";
import type { Mapping } from "@org/generate/mapping";
import type { Spec } from "@org/generate/spec";
import { SpecProblem } from "@org/generate/spec-problem";
import { readTokenOperation, type TokenOperation } from "@org/generate/token-operation";
import type { Bump } from "./bump.ts";
import type { Reason } from "./reason.ts";

const REPORTED: Readonly<Record<string, string>> = {
  code: "vendorCode",
  reason: "vendorReason",
  message: "vendorMessage",
};

/**
 * What the extensions change without a trace in types: what a token and an error report, what is sent when a caller says
 * nothing, and how.
 *
 * @throws {SpecProblem} for a new specification that the generator refuses.
 */
export function mappingGate(base: Spec, revision: Spec): Reason[] {
  const now = readTokenOperation(revision);
  let old: TokenOperation;
  try {
    old = readTokenOperation(base);
  } catch (error) {
    if (!(error instanceof SpecProblem)) throw error;
    return [
      reason(
        "major",
        `The released specification is none that today's generator accepts, so that nobody knows: ${error.message}`,
      ),
    ];
  }
  return [...defaults(old, now), ...howSent(old, now), ...answers(old, now), ...errors(old, now)];
}

function reason(bump: Bump, text: string): Reason {
  return { gate: "mapping", bump, where: "mapping", text };
}

function defaults(old: TokenOperation, now: TokenOperation): Reason[] {
  const listed = ({ grants }: TokenOperation) =>
    new Map(
      grants.flatMap((grant) =>
        credentialsOf(grant).map((credential) => [credential.name, credential] as const),
      ),
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

function howSent(old: TokenOperation, now: TokenOperation): Reason[] {
  const names = ({ grants }: TokenOperation) => grants.map(({ name }) => name).join(", ");
  const [from, to] = [placesOf(old), placesOf(now)];
  const moved = [...to].filter(([name, places]) => from.has(name) && from.get(name) !== places);
  return [
    ...(old.requestMediaType === now.requestMediaType
      ? []
      : [
          reason(
            "patch",
            `Token requests are sent as \`${now.requestMediaType}\` instead of \`${old.requestMediaType}\`.`,
          ),
        ]),
    ...(names(old) === names(now)
      ? []
      : [reason("patch", `The grants are ${names(now)} instead of ${names(old)}.`)]),
    ...moved.map(([name, places]) =>
      reason("patch", `\`${name}\` is sent as ${places} instead of ${from.get(name)}.`),
    ),
  ];
}

/** Credential -> where it goes, in words. */
function placesOf({ grants }: TokenOperation): Map<string, string> {
  const places = new Map<string, Set<string>>();
  for (const { target, name, credential } of grants.flatMap(({ members }) => members)) {
    if (!credential) continue;
    places.set(credential.name, (places.get(credential.name) ?? new Set()).add(`\`${name}\` (${target})`));
  }
  return new Map([...places].map(([name, found]) => [name, [...found].join(", ")]));
}

function answers(old: TokenOperation, now: TokenOperation): Reason[] {
  return compare(old.response.mapping, now.response.mapping, (member) => `The token's \`${member}\``);
}

function errors(old: TokenOperation, now: TokenOperation): Reason[] {
  const byStatus = ({ errors }: TokenOperation) =>
    new Map(
      errors.flatMap(({ statuses, mappings }) =>
        statuses.map((status) => [status, Object.assign({}, ...mappings.toReversed()) as Mapping] as const),
      ),
    );
  const [before, after] = [byStatus(old), byStatus(now)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((status) =>
    compare(
      before.get(status) ?? {},
      after.get(status) ?? {},
      (member) => `After a ${status}, the error's \`${REPORTED[member] ?? member}\``,
    ),
  );
}

function compare(before: Mapping, after: Mapping, subject: (member: string) => string): Reason[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((member) => {
    if (!(member in after)) return [reason("major", `${subject(member)} is no longer reported.`)];
    if (!(member in before)) return [reason("minor", `${subject(member)} is now reported.`)];
    const [from, to] = [before[member], after[member]].map(readFrom);
    return from === to ? [] : [reason("patch", `${subject(member)} is read from ${to} instead of ${from}.`)];
  });
}

function readFrom(expression: Mapping[string] | undefined): string {
  if (expression?.kind === "constant") return `the constant \`${expression.value}\``;
  return `\`${expression?.steps.map(({ member }) => member).join("/")}\``;
}
