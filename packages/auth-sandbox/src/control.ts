import type { Acceptable } from "./credentials.ts";
import { type SandboxRequest, type SandboxResponse, valueResponse, withHeaders } from "./messages.ts";
import { type Check, checkObject, lifetimeInSeconds, quoted } from "./option-check.ts";
import { RESOURCE_PATH } from "./resource.ts";
import type { RunningVendor } from "./vendor.ts";

/** First segment of the control endpoint's paths. */
export const CONTROL_PREFIX = "_sandbox";

const string: Check = (value) => (typeof value === "string" ? undefined : "a string");

type Action = (vendor: RunningVendor, body: () => unknown) => unknown;

/** What can be done to one vendor, by path below the vendor's and by method. */
const ACTIONS: Readonly<Record<string, Readonly<Record<string, Action>>>> = {
  counts: {
    GET: ({ api }) => api.counts,
    DELETE({ api }) {
      api.resetCounts();
      return api.counts;
    },
  },
  lifetime: {
    GET: ({ api }) => ({ lifetime: api.lifetime }),
    PUT({ api }, body) {
      const { lifetime } = members(body(), { lifetime: lifetimeInSeconds });
      api.lifetime = lifetime as number;
      return { lifetime };
    },
  },
  faults: {
    GET: ({ faults }) => ({ faults: faults() }),
    POST({ api, faults }, body) {
      api.fault(body() as object);
      return { faults: faults() };
    },
    DELETE({ api, faults }) {
      api.clearFaults();
      return { faults: faults() };
    },
  },
  credentials: {
    POST({ api }, body) {
      const { grant } = members(body(), { grant: string }, []);
      return api.credentials(grant as string | undefined);
    },
    PUT({ api }, body) {
      api.accept(body() as Acceptable);
      return {};
    },
  },
  revoke: {
    POST({ api }, body) {
      const { accessToken } = members(body(), { accessToken: string });
      return { revoked: api.revoke(accessToken as string) ? 1 : 0 };
    },
  },
  "revoke-all": {
    POST: ({ api }) => ({ revoked: api.revokeAll() }),
  },
};

/** Responds to a request to the control endpoint; the request's path is relative to {@link CONTROL_PREFIX}. */
export function respondToControlRequest(
  vendors: ReadonlyMap<string, RunningVendor>,
  { method, path, body }: SandboxRequest,
  origin: string,
): SandboxResponse {
  const [name = "", action, ...more] = path.split("/").filter(Boolean);
  if (name === "") {
    const overview = [...vendors.values()].map((vendor) => [vendor.api.name, describe(vendor, origin)]);
    return method === "GET"
      ? valueResponse(200, { vendors: Object.fromEntries(overview) })
      : notAllowed(["GET"]);
  }
  const vendor = vendors.get(name);
  if (!vendor)
    return problem(404, `there is no vendor "${name}"; valid ones are ${quoted([...vendors.keys()])}`);
  if (action === undefined) {
    return method === "GET" ? valueResponse(200, describe(vendor, origin)) : notAllowed(["GET"]);
  }
  const methods = more.length === 0 && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!methods) return problem(404, `nothing is at ${path}; valid ends are ${quoted(Object.keys(ACTIONS))}`);
  const act = methods[method];
  if (!act) return notAllowed(Object.keys(methods));
  try {
    return valueResponse(
      200,
      act(vendor, () => parseBody(body)),
    );
  } catch (error) {
    if (error instanceof TypeError) return problem(400, error.message);
    throw error;
  }
}

function describe({ api, spec, faults }: RunningVendor, origin: string): object {
  const url = `${origin}/${api.name}`;
  return {
    url,
    tokenEndpoints: spec.operations.map(({ method, path }) => `${method} ${url}${path}`),
    resource: `GET ${url}${RESOURCE_PATH}`,
    grants: api.grants,
    lifetime: api.lifetime,
    faults: faults(),
    counts: api.counts,
  };
}

function members(value: unknown, checks: Readonly<Record<string, Check>>, required = Object.keys(checks)) {
  checkObject("request member", value, checks);
  const found = value as Readonly<Record<string, unknown>>;
  const missing = required.filter((name) => found[name] === undefined);
  if (missing.length > 0) throw new TypeError(`the request must have the member ${quoted(missing)}`);
  return found;
}

function parseBody(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new TypeError("the request body must be JSON");
  }
}

function notAllowed(methods: readonly string[]): SandboxResponse {
  return withHeaders(problem(405, `valid methods are ${quoted(methods)}`), { allow: methods.join(", ") });
}

function problem(status: number, error: string): SandboxResponse {
  return valueResponse(status, { error });
}
