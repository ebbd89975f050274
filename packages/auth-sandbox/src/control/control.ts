import { type SandboxRequest, type SandboxResponse, valueResponse, withHeaders } from "../messages.ts";
import { type Check, checkObject, lifetimeInSeconds, quoted } from "../option-check.ts";
import type { Acceptable } from "../request/credentials.ts";
import { RESOURCE_PATH } from "../vendor/resource.ts";
import type { RunningVendor } from "../vendor/vendor.ts";
import { type Send, tryResource, tryTokenRequest } from "./trial.ts";

/** First segment of the control endpoint's paths. */
export const CONTROL_PREFIX = "_sandbox";

const string: Check = (value) => (typeof value === "string" ? undefined : "a string");

const credentials: Check = (value) =>
  typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string")
    ? undefined
    : 'an object of strings, such as { "clientId": "..." }';

/** What the control endpoint works with. */
export interface ControlContext {
  readonly origin: string;
  readonly send: Send;
}

type Action = (vendor: RunningVendor, body: () => unknown, context: ControlContext) => unknown;

type Wanted = Parameters<typeof tryTokenRequest>[2];

const TOKEN_REQUEST = "token-request";
const RESOURCE_REQUEST = "resource-request";

/** The actions on one vendor, by path below the vendor's and by method. */
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
  [TOKEN_REQUEST]: {
    POST(vendor, body, { origin, send }) {
      const wanted = members(body(), { grant: string, credentials }, []);
      return tryTokenRequest(vendor, baseUrl(vendor, origin), wanted as Wanted, send);
    },
  },
  [RESOURCE_REQUEST]: {
    POST(vendor, body, { origin, send }) {
      const { accessToken } = members(body(), { accessToken: string });
      return tryResource(vendor, baseUrl(vendor, origin), accessToken as string, send);
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
export async function respondToControlRequest(
  vendors: ReadonlyMap<string, RunningVendor>,
  { method, path, body }: SandboxRequest,
  context: ControlContext,
): Promise<SandboxResponse> {
  const { origin } = context;
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
    return valueResponse(200, await act(vendor, () => parseBody(body), context));
  } catch (error) {
    if (error instanceof TypeError) return problem(400, error.message);
    throw error;
  }
}

/** Whether a request only reads, or sends another one. Neither is reported to `onRequest`. */
export function isUnseen(method: string, path: string): boolean {
  return method === "GET" || path.endsWith(`/${TOKEN_REQUEST}`) || path.endsWith(`/${RESOURCE_REQUEST}`);
}

function baseUrl({ api }: RunningVendor, origin: string): string {
  return `${origin}/${api.name}`;
}

function describe(vendor: RunningVendor, origin: string): object {
  const { api, spec, faults, faultChoices } = vendor;
  const url = baseUrl(vendor, origin);
  return {
    url,
    tokenEndpoints: spec.operations.map(({ method, path }) => `${method} ${url}${path}`),
    resource: `GET ${url}${RESOURCE_PATH}`,
    grants: api.grants,
    lifetime: api.lifetime,
    faults: faults(),
    faultBodies: faultChoices.bodies,
    faultExamples: faultChoices.exampleNames,
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
