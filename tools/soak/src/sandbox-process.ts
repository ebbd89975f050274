// The sandbox in a process of its own, so that the heap of the callers' process holds nothing of it.
// Arguments: seed. Sends a `Started`, then answers every message with a `Report`; ends with its parent.
import { createSandbox, type SandboxVendor } from "@org/auth-sandbox";
import { isFault, LIFETIME, nextFault, REVOKED_SHARE } from "./fault-plan.ts";
import { between, seededRandom } from "./random.ts";

/** What the process sends once it listens. */
export interface Started {
  readonly url: string;
  readonly credentials: Readonly<Record<string, object>>;
}

/** What the vendors met, by name. */
export type Report = Readonly<
  Record<string, { readonly tokenRequests: number; readonly faults: number; readonly revocations: number }>
>;

/** Planned faults that wait for their request. */
const PLANNED_AHEAD = 50;
const LOOK_EVERY = 10;

/** Plans the vendor's faults and revocations from now on. */
function disturb(vendor: SandboxVendor, seed: number): () => Report[string] {
  const [faultRandom, revokeRandom] = [seededRandom(seed), seededRandom(seed + 1)];
  const plan: boolean[] = [];
  let issued = 0;
  let revocations = 0;

  const look = () => {
    const { tokenRequests, tokensIssued } = vendor.counts;
    while (plan.length < tokenRequests + PLANNED_AHEAD) {
      const fault = nextFault(faultRandom);
      plan.push(isFault(fault));
      vendor.fault(fault);
    }
    for (; issued < tokensIssued; issued++) {
      const age = between(revokeRandom, 0, LIFETIME * 1000);
      if (revokeRandom() < REVOKED_SHARE) setTimeout(revoke, age);
    }
  };
  const revoke = () => {
    revocations += vendor.revokeAll() > 0 ? 1 : 0;
  };

  look();
  setInterval(look, LOOK_EVERY);
  return () => {
    const { tokenRequests } = vendor.counts;
    return { tokenRequests, faults: plan.slice(0, tokenRequests).filter(Boolean).length, revocations };
  };
}

const seed = Number(process.argv[2]);
const sandbox = await createSandbox({ lifetime: LIFETIME });
const vendors = Object.values(sandbox.vendors);
const server = await sandbox.listen();
const reports = vendors.map((vendor, index) => [vendor.name, disturb(vendor, seed + 2 * index)] as const);

process.on("disconnect", () => process.exit());
process.on("message", () => {
  process.send?.(Object.fromEntries(reports.map(([name, report]) => [name, report()])) satisfies Report);
});
const credentials = Object.fromEntries(vendors.map((vendor) => [vendor.name, vendor.credentials()]));
process.send?.({ url: server.url, credentials } satisfies Started);
