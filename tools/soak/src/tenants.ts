import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch, TokenRequestError } from "@org/auth-core";
import { between } from "@org/measure/random";
import { clientOf } from "./vendors.ts";

/** How many tenants there are. They are all at one vendor. */
export const TENANTS = 1000;
/** The vendor, which accepts each of them. */
export const TENANTS_VENDOR = "stonex";
/** Milliseconds between two calls of one caller, at most. */
const LONGEST_PAUSE = 1000;
const AT_ONCE = 50;

/** What was seen of the tenants. */
export type TenantSightings = Tenants["sightings"];

/** The tenants' callers. */
export type Tenants = ReturnType<typeof createTenants>;

/** These tenants in one pool, whose secret is the vendor's current one. */
export function createTenants(names: readonly string[], url: string, credentials: () => Promise<object>) {
  const sightings = {
    calls: 0,
    /** Calls that the resource took for another tenant than the one whose token was asked for. */
    mixedUp: 0,
    /** Errors that reached a caller, by `TokenRequestError` code, refused status or message. */
    errors: new Map<string, number>(),
    /** Errors that are neither a `TokenRequestError` nor a 401. */
    foreignErrors: 0,
  };
  const baseUrl = `${url}/${TENANTS_VENDOR}`;
  const credentialsOf = async (clientId: string) => ({ ...(await credentials()), clientId });
  const pool = clientOf(TENANTS_VENDOR).createTokenPool(credentialsOf, { baseUrl, max: names.length });
  let turn = 0;

  const failed = (name: string) => {
    sightings.errors.set(name, (sightings.errors.get(name) ?? 0) + 1);
  };
  const call = async () => {
    const tenant = names[turn++ % names.length] ?? "";
    sightings.calls++;
    try {
      const response = await authorizedFetch(pool.get(tenant))(`${baseUrl}/whoami`);
      const body = await response.text();
      if (response.status !== 200) failed(String(response.status));
      else if (JSON.parse(body).clientId !== tenant) sightings.mixedUp++;
    } catch (error) {
      if (!(error instanceof TokenRequestError)) sightings.foreignErrors++;
      failed(error instanceof TokenRequestError ? error.code : String(error));
    }
  };

  return {
    sightings,
    /** Calls for every tenant, so that all of the caches exist. */
    callForAll: async () => {
      const some = async () => {
        for (let calls = 0; calls < names.length / AT_ONCE; calls++) await call();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, some));
    },
    /** A caller: calls for one tenant after another until `isOver`. */
    keepCalling: async (random: () => number, isOver: () => boolean) => {
      while (!isOver()) {
        await wait(between(random, 0, LONGEST_PAUSE));
        await call();
      }
    },
  };
}
