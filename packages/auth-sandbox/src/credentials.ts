import { type CredentialField, type GrantSpec, SINGLE_USE } from "./credential-fields.ts";
import type { CheckedRequest } from "./request-check.ts";

/** Credentials by name. */
export type Credentials = Record<string, string>;

/** What a vendor accepts, taken from its specification's examples. */
export interface AcceptedCredentials {
  /** The credentials of the grant's own example. */
  example(grant: GrantSpec): Credentials;
  /** The name of a credential of the request that is not accepted, if there is one. */
  firstWrong(grant: GrantSpec, presented: Credentials): string | undefined;
}

/**
 * Collects what the vendor accepts. A value accepted by one grant is accepted by the others.
 *
 * @throws TypeError when no example gives a value for a credential that has to be checked.
 */
export function acceptedCredentials(grants: readonly GrantSpec[]): AcceptedCredentials {
  const accepted = new Map<string, Set<string>>();
  for (const { credential, accepted: values } of grants.flatMap(({ fields }) => fields)) {
    accepted.set(credential, new Set([...(accepted.get(credential) ?? []), ...values]));
  }
  for (const { credential, checked } of grants.flatMap(({ fields }) => fields)) {
    if (checked && accepted.get(credential)?.size === 0) {
      throw new TypeError(`no example of the specification gives a value for the credential ${credential}`);
    }
  }
  return {
    example: ({ fields }) =>
      Object.fromEntries(
        fields.flatMap(({ credential, example }) => (example === undefined ? [] : [[credential, example]])),
      ),
    firstWrong({ grant, fields }, presented) {
      const wrong = fields.find(({ credential, checked, in: place }) => {
        const value = presented[credential];
        // The validator, which sees to the rest, does not look at HTTP Basic.
        if (place === "basic" && value === undefined) return true;
        if (!checked || value === undefined || SINGLE_USE.get(grant) === credential) return false;
        return !accepted.get(credential)?.has(value);
      });
      return wrong?.credential;
    },
  };
}

/** The credentials that a request presents. */
export function presentedCredentials(
  fields: readonly CredentialField[],
  request: CheckedRequest,
): Credentials {
  const found: Credentials = {};
  for (const { credential, in: place, name } of fields) {
    const value = request[place][place === "header" ? name.toLowerCase() : name];
    if (value !== undefined && value !== null) found[credential] = String(value);
  }
  return found;
}
