import { CONTROL_PREFIX } from "./control.ts";
import { type Outcome, reasonOf } from "./messages.ts";
import { RESOURCE_PATH } from "./resource.ts";
import type { RunningVendor } from "./vendor.ts";

/** A request to a listening sandbox and what became of it. It holds no query, no header and no body, so no secret. */
export interface ServedRequest {
  /** The vendor's slug. Left out where the request is for the sandbox itself, or for nothing. */
  readonly vendor?: string;
  /** Such as `POST`. */
  readonly method: string;
  /** The path, below the vendor's base URL if there is a vendor. Where a secret may be in it, the specification's template of it. */
  readonly path: string;
  /** The status of the response. Left out where there was none: a fault cut the connection, or the caller had left. */
  readonly status?: number;
  /** Why the sandbox refused, as in `Sandbox-Reason`; else the faults that the request met; else that the caller had left. */
  readonly reason?: string;
}

/** What may be told of a request. `gone`: the caller left before there was a response. */
export function servedRequest(
  vendors: ReadonlyMap<string, RunningVendor>,
  { method, pathname, below, vendor }: Called,
  outcome: Outcome | "gone",
): ServedRequest {
  const reason =
    outcome === "gone"
      ? "the caller left before the response"
      : outcome === "dropped"
        ? "fault: drop"
        : (reasonOf(outcome) ?? (outcome.faults && `fault: ${outcome.faults.join(", ")}`));
  return {
    ...(vendor && { vendor: vendor.api.name }),
    method,
    path: vendor ? vendorPath(vendor, method, below) : otherPath(vendors, pathname),
    ...(typeof outcome === "object" && { status: outcome.status }),
    ...(reason !== undefined && { reason }),
  };
}

/** What a request is addressed to. */
export interface Called {
  readonly method: string;
  readonly pathname: string;
  /** The path below its first segment. */
  readonly below: string;
  readonly vendor: RunningVendor | undefined;
}

const HIDDEN = "(not shown: a secret may be in it)";

function vendorPath(vendor: RunningVendor, method: string, path: string): string {
  if (!hasSecretPath(vendor) || path === RESOURCE_PATH) return path;
  const operation = vendor.spec.route({ method, path, query: "", headers: {}, body: "" });
  return typeof operation === "number" ? HIDDEN : operation.path;
}

/** A client whose base URL lacks the vendor's prefix sends here what belongs there. */
function otherPath(vendors: ReadonlyMap<string, RunningVendor>, pathname: string): string {
  const isOwn = pathname === "/" || pathname.startsWith(`/${CONTROL_PREFIX}/`);
  return isOwn || ![...vendors.values()].some(hasSecretPath) ? pathname : HIDDEN;
}

function hasSecretPath({ spec }: RunningVendor): boolean {
  return spec.operations.some(({ grants }) =>
    grants.some(({ members }) =>
      members.some(({ in: place, credential }) => place === "path" && credential?.secret),
    ),
  );
}
