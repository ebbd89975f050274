import type { AccessToken } from "../access-token.ts";
import type { Clock } from "../clock.ts";
import { Remembered, type RenewalPace, refusalAt, slowedBy } from "../renewal-pace.ts";
import type { SharingMemory } from "../store/shared-source.ts";
import { isRefusal } from "../token-request-error.ts";
import type { IssuedToken, TokenSource, TokenSourceRequest } from "../token-source.ts";
import {
  called,
  checkedCredentials,
  credentialValues,
  type Endpoint,
  type GivenCredentials,
  identifyingNames,
} from "./credentials.ts";
import type { SpentMemory } from "./vendor-token-source.ts";

/** Credentials, or a function that returns the current ones: it is called for each token request, never for a cached token. */
export type CurrentCredentials<Credentials> =
  | GivenCredentials<Credentials>
  | (() => GivenCredentials<Credentials> | Promise<GivenCredentials<Credentials>>);

/** A function that returns the current credentials of the tenant with this key. */
export type CredentialsOf<Credentials> = (
  key: string,
) => GivenCredentials<Credentials> | Promise<GivenCredentials<Credentials>>;

/** Credentials in use. */
export interface Current<Credentials> {
  /** As the caller gave them: each may be a function. */
  readonly given: GivenCredentials<Credentials>;
  /** What is sent. */
  readonly values: Readonly<Credentials>;
}

/** What all of a vendor's caches have in common. */
export interface CredentialsRules<Credentials> {
  readonly endpoint: Endpoint;
  readonly clock: Clock;
  /** Makes a source for one request; `areCurrent` checks whether the function still returns these credentials. */
  readonly sourceFor: (
    using: Current<Credentials>,
    tenant: Tenant<Credentials>,
    areCurrent: (() => Promise<boolean>) | undefined,
  ) => TokenSource;
  /** The names of the credentials that API calls carry in addition to the token. */
  readonly companions: readonly string[];
}

/** What a vendor's cache remembers besides the token, flat, since there may be a hundred thousand caches. */
export interface Tenant<Credentials> extends SharingMemory, SpentMemory {
  readonly rules: CredentialsRules<Credentials>;
  /** Checked already, if they are a value. */
  readonly given: GivenCredentials<Credentials> | CredentialsOf<Credentials>;
  /** The key of the cache in its pool. */
  readonly key: string | undefined;
  /** The credentials that identify the last token's owner. */
  owner: string | undefined;
  refusal: RememberedRefusal | undefined;
  /** The companions, if any, of the last token and of the previous one, which may still be in use. */
  companions: readonly TokenCompanions[] | undefined;
}

/** Credentials that are sent in addition to one token. */
interface TokenCompanions {
  readonly accessToken: string;
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** The vendor's refusal of some credentials. */
interface RememberedRefusal {
  readonly pace: RenewalPace;
  /** The credentials, to recognise different ones. */
  readonly text: string;
  /** Which part of them is compared: not the values of functions that return another one each time. */
  readonly part: keyof Current<never>;
  /** When the function was last asked for others. */
  lookedAt: number;
}

/** How often the function is called while the vendor's refusal is remembered, in milliseconds. */
const LOOK_EVERY = 1000;

/**
 * A token source that makes each request with the current credentials.
 *
 * When the vendor refuses them, the function is immediately called once more, and different credentials are tried before
 * anything is remembered, so that a rotated secret causes no error. A refusal is remembered for the refused credentials:
 * others end it.
 *
 * @throws {TypeError} for incomplete credentials: immediately, or on a request if a function returns them.
 */
export function withCredentials<Credentials extends object>(
  rules: CredentialsRules<Credentials>,
  given: GivenCredentials<Credentials> | CredentialsOf<Credentials>,
  key: string | undefined,
): {
  readonly source: TokenSource;
  readonly companionsOf: (token: AccessToken) => TokenCompanions["values"];
} {
  const tenant: Tenant<Credentials> = {
    rules,
    given: typeof given === "function" ? given : checkedCredentials(rules.endpoint, given),
    key,
    owner: undefined,
    refusal: undefined,
    last: undefined,
    giveUpAt: Number.NEGATIVE_INFINITY,
    once: undefined,
    isUnderWay: false,
    companions: undefined,
  };
  return {
    source: (request) => renewed(tenant, request),
    companionsOf: ({ accessToken }) => {
      const known = tenant.companions ?? [];
      return (known.find((one) => one.accessToken === accessToken) ?? known[0])?.values ?? {};
    },
  };
}

async function renewed<Credentials extends object>(
  tenant: Tenant<Credentials>,
  request: TokenSourceRequest,
): Promise<IssuedToken | undefined> {
  const { rules, refusal } = tenant;
  const now = rules.clock.monotonic();
  const error = refusalAt(now, refusal?.pace, request.forceRenew);
  const isRefused = refusal !== undefined && error !== undefined;
  if (isRefused && now < refusal.lookedAt + LOOK_EVERY) throw new Remembered(error);
  if (isRefused) refusal.lookedAt = now;
  const using = await credentialsOf(tenant);
  if (isRefused && textOf(using[refusal.part]) === refusal.text) throw new Remembered(error);
  let rotated: Current<Credentials> | undefined;
  const areCurrent = async () => {
    const seen = await credentialsOf(tenant);
    const areSame = textOf(seen.given) === textOf(using.given);
    if (!areSame) rotated = seen;
    return areSame;
  };
  try {
    return await ask(tenant, using, request, typeof tenant.given === "function" ? areCurrent : undefined);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    // The source may have checked already, before it fell back to another grant.
    const other = rotated ?? (await credentialsOf(tenant));
    if (textOf(other.values) === textOf(using.values)) throw remembered(tenant, using, "values", thrown);
    const part = textOf(other.given) === textOf(using.given) ? "given" : "values";
    // A value that is new each time, such as an assertion, is not another credential.
    if (part === "given" && textOf((await credentialsOf(tenant)).values) !== textOf(other.values)) {
      throw remembered(tenant, using, part, thrown);
    }
    return await ask(tenant, other, request, undefined).catch((next: unknown) => {
      throw isRefusal(next) ? remembered(tenant, other, part, next) : next;
    });
  }
}

async function ask<Credentials extends object>(
  tenant: Tenant<Credentials>,
  using: Current<Credentials>,
  request: TokenSourceRequest,
  areCurrent: (() => Promise<boolean>) | undefined,
): Promise<IssuedToken | undefined> {
  const names = ["grant", ...identifyingNames(tenant.rules.endpoint, using.values)];
  const owner = textOf(using.given, (name) => names.includes(name));
  // Another owner's token must not renew this one. By inheritance, since members of a request may change.
  const isForeign = request.previous !== undefined && tenant.owner !== undefined && tenant.owner !== owner;
  const none = { value: undefined };
  const source = tenant.rules.sourceFor(using, tenant, areCurrent);
  const token = await source(isForeign ? Object.create(request, { previous: none, refused: none }) : request);
  tenant.refusal = undefined;
  tenant.owner = owner;
  if (token && tenant.rules.companions.length > 0)
    rememberCompanions(tenant, token.accessToken, using.values);
  return token;
}

function rememberCompanions<Credentials extends object>(
  tenant: Tenant<Credentials>,
  accessToken: string,
  credentials: Readonly<Credentials>,
): void {
  const all = new Map<string, string>(Object.entries(credentials));
  const values = Object.fromEntries(tenant.rules.companions.map((name) => [name, all.get(name)]));
  const [before] = tenant.companions ?? [];
  tenant.companions = [
    { accessToken, values },
    ...(before && before.accessToken !== accessToken ? [before] : []),
  ];
}

function remembered<Credentials extends object>(
  tenant: Tenant<Credentials>,
  using: Current<Credentials>,
  part: keyof Current<Credentials>,
  error: unknown,
): unknown {
  const now = tenant.rules.clock.monotonic();
  const pace = slowedBy(error, false, now, tenant.refusal?.pace);
  tenant.refusal = { pace, text: textOf(using[part]), part, lookedAt: now };
  return error;
}

async function credentialsOf<Credentials extends object>(
  tenant: Tenant<Credentials>,
): Promise<Current<Credentials>> {
  const { rules, key, given: source } = tenant;
  const { endpoint } = rules;
  const given =
    typeof source === "function"
      ? checkedCredentials(
          endpoint,
          await called(endpoint.vendor, "the credentials", () => source(key as string)),
        )
      : source;
  return { given, values: await credentialValues(endpoint, given) };
}

/** The credentials as text. A function always counts as the same, whatever it returns. */
function textOf(credentials: object, isPart: (name: string) => boolean = () => true): string {
  return JSON.stringify(
    Object.entries(credentials)
      .filter(([name]) => isPart(name))
      .sort(),
  );
}
