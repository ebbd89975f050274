import { singleUseName } from "@org/auth-core/vendor";
import { type Grant, mappingsOf, type RequestMember, type TokenOperation } from "@org/auth-spec";
import { readAt } from "../body-member.ts";
import { type Check, checkObject } from "../option-check.ts";
import type { CheckedRequest } from "./request-check.ts";

/** Credentials by name. */
export type Credentials = Record<string, string>;

/** Credentials by name, each with the value or values that are accepted. */
export type Acceptable = Readonly<Record<string, string | readonly string[]>>;

/** The credentials that a vendor accepts: by default, those of its specification's examples. */
export interface AcceptedCredentials {
  /** The credentials of the grant's first example. */
  example(grant: Grant): Credentials;
  /** The name of the credential that works once, if the grant has one. */
  singleUse(grant: string): string | undefined;
  /** The name of the refresh token, for a grant whose responses never contain another one. */
  lasting(grant: string): string | undefined;
  /** The same, except that only these values of the named credentials are accepted. */
  with(changes: Acceptable): AcceptedCredentials;
  /** The name of a credential of the request that is not accepted, if there is one. */
  firstWrong(grant: Grant, request: CheckedRequest, isIssued: (value: string) => boolean): string | undefined;
  /** Whether an API call may carry this value of a credential; an optional one without a default may be missing. */
  isAccepted(name: string, value: string | undefined): boolean;
}

/**
 * Collects the credentials that the vendor accepts. A value accepted by one grant is accepted by the others; a credential
 * without any example must be `example-<its name>`.
 */
export function acceptedCredentials(operations: readonly TokenOperation[]): AcceptedCredentials {
  const grants = operations.flatMap((operation) => operation.grants);
  const singleUse = new Map(
    operations.flatMap((operation) =>
      operation.grants.flatMap(({ name }) => {
        const once = singleUseName({ responses: { [name]: mappingsOf(operation) } }, name);
        return once === undefined ? [] : [[name, once] as const];
      }),
    ),
  );
  const accepted = new Map<string, readonly string[]>();
  for (const { members, examples } of grants) {
    for (const { credential, samples = [] } of members) {
      if (!credential) continue;
      const { name } = credential;
      const shown = examples.flatMap(({ credentials }) =>
        Object.hasOwn(credentials, name) ? credentials[name] : [],
      );
      accepted.set(name, [...(accepted.get(name) ?? []), ...shown, ...samples].map(String));
    }
  }
  for (const [name, values] of accepted) if (values.length === 0) accepted.set(name, [`example-${name}`]);
  const members = grants.flatMap((grant) => grant.members);
  return accepting(accepted, new Map(), members, singleUse);
}

/** @param changed - by name, the values that replace the examples' */
function accepting(
  accepted: ReadonlyMap<string, readonly string[]>,
  changed: ReadonlyMap<string, readonly string[]>,
  members: readonly RequestMember[],
  singleUse: ReadonlyMap<string, string>,
): AcceptedCredentials {
  const minted = [...singleUse.values()];
  const lasting = (grant: string) =>
    grant === "refresh_token" && !singleUse.has(grant) ? "refreshToken" : undefined;
  const changeable = [...accepted.keys()].filter((name) => !minted.includes(name));
  return {
    singleUse: (grant) => singleUse.get(grant),
    lasting,
    example({ examples }) {
      const { grant: _, ...credentials } = examples[0]?.credentials ?? {};
      return Object.fromEntries(
        Object.entries(credentials).map(([name, example]) => [name, changed.get(name)?.[0] ?? example]),
      );
    },
    with(changes) {
      checkObject("credential", changes, Object.fromEntries(changeable.map((name) => [name, acceptable])));
      const values = Object.entries(changes).map(([name, value]) => [name, [value].flat()] as const);
      return accepting(accepted, new Map([...changed, ...values]), members, singleUse);
    },
    firstWrong({ name: grant, members: own }, request, isIssued) {
      const wrong = own.find((member) => {
        const { credential } = member;
        if (!credential) return false;
        const value = valueIn(request, member);
        // The validator, which checks the rest, does not look at the Authorization header.
        if (value === undefined) return member.in === "basic" || member.in === "authorization";
        if (!isChecked(member) || singleUse.get(grant) === credential.name) return false;
        if (lasting(grant) === credential.name && isIssued(value)) return false;
        return !(changed.get(credential.name) ?? accepted.get(credential.name))?.includes(value);
      });
      return wrong?.credential?.name;
    },
    isAccepted(name, value) {
      const known = members.filter(({ credential }) => credential?.name === name);
      if (value === undefined) {
        return known.every(({ credential }) => !credential?.required && credential?.default === undefined);
      }
      return !known.some(isChecked) || (changed.get(name) ?? accepted.get(name))?.includes(value) === true;
    },
  };
}

/** Whether the value of a credential must be an accepted one: it is required and has no default, or it is a secret. */
export function isChecked({ credential }: RequestMember): boolean {
  return credential !== undefined && (credential.secret || credential.required);
}

/** The credentials that a request presents. */
export function presentedCredentials({ members }: Grant, request: CheckedRequest): Partial<Credentials> {
  const presented: Partial<Credentials> = {};
  for (const member of members) {
    const value = member.credential && valueIn(request, member);
    if (member.credential && value !== undefined) presented[member.credential.name] = value;
  }
  return presented;
}

function valueIn(request: CheckedRequest, { in: place, path }: RequestMember): string | undefined {
  if (place === "api") return undefined;
  const value = readAt(request[place], place === "header" ? [path[0].toLowerCase()] : path);
  return value === undefined || value === null ? undefined : String(value);
}

const acceptable: Check = (value) => {
  const values = [value].flat();
  return values.length > 0 && values.every((one) => typeof one === "string" && one !== "")
    ? undefined
    : "a non-empty string, or a list of them";
};
