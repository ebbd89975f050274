import { setTimeout as wait } from "node:timers/promises";
import { authorizedFetch, TokenRequestError } from "@org/auth-core";
import { between } from "@org/measure/random";
import { TENANTS_VENDOR, tenantName } from "./tenant-names.ts";
import { clientOf } from "./vendors.ts";

/** Milliseconds between two calls of one caller, at most. */
const LONGEST_PAUSE = 1000;
const AT_ONCE = 50;

/** What was seen of the tenants. */
export interface TenantSightings {
  calls: number;
  /** Calls that the resource took for another tenant than the one whose token was asked for. */
  mixedUp: number;
  /** Errors that reached a caller, by `TokenRequestError` code, refused status or message. */
  readonly errors: Map<string, number>;
  /** Errors that are neither a `TokenRequestError` nor a 401. */
  foreignErrors: number;
}

/** The tenants' callers. */
export interface Tenants {
  readonly sightings: TenantSightings;
  /** A caller: calls for one tenant after another until `isOver`. */
  keepCalling(random: () => number, isOver: () => boolean): Promise<void>;
  /** Calls for every tenant, so that all of the caches exist. */
  callForAll(): Promise<void>;
}

/** This many tenants in one pool, whose secret is the vendor's current one. */
export function createTenants(url: string, credentials: () => Promise<object>, count: number): Tenants {
  const sightings: TenantSightings = { calls: 0, mixedUp: 0, errors: new Map(), foreignErrors: 0 };
  const baseUrl = `${url}/${TENANTS_VENDOR}`;
  const credentialsOf = async (clientId: string) => ({ ...(await credentials()), clientId });
  const pool = clientOf(TENANTS_VENDOR).createTokenPool(credentialsOf, { baseUrl, max: count });
  let turn = 0;

  const failed = (name: string) => {
    sightings.errors.set(name, (sightings.errors.get(name) ?? 0) + 1);
  };
  const call = async () => {
    const tenant = tenantName(turn++ % count);
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
    callForAll: async () => {
      const some = async () => {
        for (let calls = 0; calls < count / AT_ONCE; calls++) await call();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, some));
    },
    keepCalling: async (random, isOver) => {
      while (!isOver()) {
        await wait(between(random, 0, LONGEST_PAUSE));
        await call();
      }
    },
  };
}
