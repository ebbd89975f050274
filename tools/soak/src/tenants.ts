import { authorizedFetch } from "@org/auth-core";
import { LIFETIME } from "./fault-plan.ts";
import { clientOf } from "./vendors.ts";
import { createWitness } from "./witness.ts";

/** How many tenants there are. They are all at one vendor. */
export const TENANTS = 1000;
/** The vendor, which accepts each of them. */
export const TENANTS_VENDOR = "stonex";

/** These tenants in one pool, whose secret is the vendor's current one. */
export function createTenants(names: readonly string[], url: string, credentials: () => Promise<object>) {
  const witness = createWitness(LIFETIME * 1000, globalThis.fetch);
  const baseUrl = `${url}/${TENANTS_VENDOR}`;
  const credentialsOf = async (clientId: string) => ({ ...(await credentials()), clientId });
  const pool = clientOf(TENANTS_VENDOR).createTokenPool(credentialsOf, { baseUrl, max: names.length });
  let turn = 0;
  let mixedUp = 0;
  return {
    witness,
    /** Calls that the resource took for another tenant than the one whose token was asked for. */
    mixedUp: () => mixedUp,
    /** Calls for the tenant whose turn it is. */
    call: async () => {
      const tenant = names[turn++ % names.length] ?? "";
      const text = await witness.watch(() => authorizedFetch(pool.get(tenant))(`${baseUrl}/whoami`));
      if (text !== undefined && JSON.parse(text).clientId !== tenant) mixedUp++;
    },
  };
}
