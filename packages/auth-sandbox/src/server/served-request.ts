import { CONTROL_PREFIX } from "../control/control.ts";
import { type Outcome, reasonOf } from "../messages.ts";
import { RESOURCE_PATH } from "../vendor/resource.ts";
import type { RunningVendor } from "../vendor/vendor.ts";

/** A request to a listening sandbox and its outcome. It contains no query, header or body, so no secret. */
export interface ServedRequest {
  /** The vendor's slug. Absent if the request is for the sandbox itself, or for nothing. */
  readonly vendor?: string;
  /** Such as `POST`. */
  readonly method: string;
  /** The path, below the vendor's base URL if there is a vendor; if it may contain a secret, its template from the specification. */
  readonly path: string;
  /** The status of the response. Absent if there was none: a fault cut the connection, or the caller disconnected. */
  readonly status?: number;
  /** Why the sandbox refused, as in `Sandbox-Reason`; else the faults that the request met; else that the caller disconnected. */
  readonly reason?: string;
}

/** What may be reported about a request. `gone`: the caller disconnected before the response. */
export function servedRequest(
  vendors: ReadonlyMap<string, RunningVendor>,
  { method, pathname, below, vendor }: Called,
  outcome: Outcome | "gone",
): ServedRequest {
  const reason =
    outcome === "gone"
      ? "the caller disconnected before the response"
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

/** The target of a request. */
export interface Called {
  readonly method: string;
  readonly pathname: string;
  /** The path below its first segment. */
  readonly below: string;
  readonly vendor: RunningVendor | undefined;
}

const HIDDEN = "(not shown: it may contain a secret)";

function vendorPath(vendor: RunningVendor, method: string, path: string): string {
  if (!hasSecretPath(vendor) || path === RESOURCE_PATH) return path;
  const operation = vendor.spec.route({ method, path, query: "", headers: {}, body: "" });
  return typeof operation === "number" ? HIDDEN : operation.path;
}

/** A client whose base URL lacks the vendor's prefix sends its requests to such a path. */
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
