// The sandbox in a process of its own, so that the heap of the callers' process holds nothing of it.
// Arguments: seed. Sends `Started`, then a `Reply` for each `Asked`; ends with its parent.
import { createSandbox, type SandboxVendor } from "@org/auth-sandbox";
import { isFault, LIFETIME, nextFault, REVOKED_SHARE } from "./fault-plan.ts";
import { between, seededRandom } from "./random.ts";
import { TENANTS, TENANTS_VENDOR, tenantName } from "./tenant-names.ts";

/** What the process sends once it listens. */
export interface Started {
  readonly url: string;
  /** Where the vendor of the many tenants is. */
  readonly tenantsUrl: string;
}

/** What the process is asked: what the vendors met, or which credentials one of them, or that of the tenants, accepts now. */
export interface Asked {
  readonly id: number;
  readonly vendor?: string;
}

/** What the process responds. */
export interface Reply {
  readonly id: number;
  readonly reply: object;
}

/** What the vendors met, by name. */
export type Report = Readonly<
  Record<
    string,
    {
      readonly tokenRequests: number;
      readonly faults: number;
      readonly revocations: number;
      readonly rotations: number;
    }
  >
>;

/** Planned faults that wait for their request. */
const PLANNED_AHEAD = 50;
const LOOK_EVERY = 10;
/**
 * How often a vendor's secret is rotated, the first time after up to half of that, in milliseconds. More often than a renewal
 * may take with its attempts and waits, and one could meet two rotations, which is more than one more try makes good.
 */
const ROTATE_EVERY = 20_000;

/** Plans the vendor's faults and revocations from now on. */
function disturb(vendor: SandboxVendor, seed: number, revokedShare = REVOKED_SHARE): () => Report[string] {
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

const seed = Number(process.argv[2]);
const sandbox = await createSandbox({ lifetime: LIFETIME });
const vendors = Object.values(sandbox.vendors);
const server = await sandbox.listen();
const reports = vendors.map((vendor, index) => [vendor.name, disturb(vendor, seed + 2 * index)] as const);

// A sandbox of their own, since what is revoked is revoked for all of a vendor.
const theirs = await createSandbox({ lifetime: LIFETIME });
const theirVendor = theirs.vendor(TENANTS_VENDOR);
theirVendor.accept({ clientId: Array.from({ length: TENANTS }, (_, number) => tenantName(number)) });
disturb(theirVendor, seed + 2 * vendors.length, 0);
const theirServer = await theirs.listen();

process.on("disconnect", () => process.exit());
process.on("message", ({ id, vendor }: Asked) => {
  const reported = () => Object.fromEntries(reports.map(([name, report]) => [name, report()]));
  const asked = vendor === "tenants" ? theirVendor : vendor && sandbox.vendor(vendor);
  process.send?.({ id, reply: asked ? asked.credentials() : reported() } satisfies Reply);
});
process.send?.({ url: server.url, tenantsUrl: theirServer.url } satisfies Started);
