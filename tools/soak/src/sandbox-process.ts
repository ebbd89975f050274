// The sandbox in its own process, so that the heap of the callers' process contains nothing of it. Ends with its parent.
import { createSandbox, type SandboxVendor } from "@org/auth-sandbox";
import { offerFunctions } from "@org/measure/child-process";
import { between, seededRandom } from "@org/measure/random";
import { isFault, LIFETIME, nextFault, REVOKED_SHARE } from "./fault-plan.ts";

/** Planned faults that wait for their request. */
const PLANNED_AHEAD = 50;
const LOOK_EVERY = 10;
/**
 * How often a vendor's secret is rotated, the first time after up to half of that, in milliseconds. If it were more often than a renewal
 * may take with its attempts and waits, one renewal could meet two rotations, and a single further try would not be enough.
 */
const ROTATE_EVERY = 20_000;

/** Plans the vendor's faults and revocations from now on. */
function disturb(vendor: SandboxVendor, seed: number, revokedShare = REVOKED_SHARE) {
  const [faultRandom, revokeRandom] = [seededRandom(seed), seededRandom(seed + 1)];
  const plan: boolean[] = [];
  let issued = 0;
  let revocations = 0;
  let rotations = 0;

  const look = () => {
    const { tokenRequests, tokensIssued } = vendor.counts;
    while (plan.length < tokenRequests + PLANNED_AHEAD) {
      const fault = nextFault(faultRandom);
      plan.push(isFault(fault));
      vendor.fault(fault);
    }
    for (; issued < tokensIssued; issued++) {
      const age = between(revokeRandom, 0, LIFETIME * 1000);
      if (revokeRandom() < revokedShare) setTimeout(revoke, age);
    }
  };
  const revoke = () => {
    revocations += vendor.revokeAll() > 0 ? 1 : 0;
  };

  const first = vendor.credentials();
  const secret = "clientSecret" in first ? "clientSecret" : "apiKey";
  const rotate = () => {
    rotations++;
    vendor.accept({ [secret]: `${first[secret]}-${rotations}` });
  };

  look();
  setInterval(look, LOOK_EVERY);
  setTimeout(
    () => {
      rotate();
      setInterval(rotate, ROTATE_EVERY);
    },
    between(seededRandom(-seed), 1000, ROTATE_EVERY / 2),
  );
  return () => {
    const { tokenRequests } = vendor.counts;
    return {
      tokenRequests,
      faults: plan.slice(0, tokenRequests).filter(Boolean).length,
      revocations,
      rotations,
    };
  };
}

const sandbox = await createSandbox({ lifetime: LIFETIME });
// A sandbox of their own, since a revocation applies to all of a vendor.
const tenantsSandbox = await createSandbox({ lifetime: LIFETIME });
const reports = new Map<string, ReturnType<typeof disturb>>();

const functions = {
  /** Listens, and plans from the seed what goes wrong; `clientIds` are those of the tenants. */
  async start(seed: number, tenantsVendor: string, clientIds: readonly string[]) {
    const vendors = Object.values(sandbox.vendors);
    for (const [i, vendor] of vendors.entries()) reports.set(vendor.name, disturb(vendor, seed + 2 * i));

    const vendor = tenantsSandbox.vendor(tenantsVendor);
    vendor.accept({ clientId: clientIds });
    disturb(vendor, seed + 2 * vendors.length, 0);
    return { url: (await sandbox.listen()).url, tenantsUrl: (await tenantsSandbox.listen()).url };
  },
  /** The credentials that a vendor accepts at this moment, as a secrets manager would know them. */
  credentials: (vendor: string) => sandbox.vendor(vendor).credentials(),
  /** The same of the tenants' vendor. */
  tenantsCredentials: (vendor: string) => tenantsSandbox.vendor(vendor).credentials(),
  /** What the vendors met, by name. */
  report: () => Object.fromEntries([...reports].map(([name, report]) => [name, report()])),
};
/** What the process does for its parent. */
export type SandboxFunctions = typeof functions;

offerFunctions(functions);
