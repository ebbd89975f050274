import { setTimeout as wait } from "node:timers/promises";
import {
  type Outcome,
  reasonOf,
  refused,
  type SandboxRequest,
  type SandboxResponse,
  withHeaders,
} from "../messages.ts";
import { checkValue, lifetimeInSeconds } from "../option-check.ts";
import { type AcceptedCredentials, acceptedCredentials } from "../request/credentials.ts";
import {
  checkFault,
  createFaultQueue,
  disturb,
  type Effects,
  type Fault,
  type FaultChoices,
  JSON_STRING_FAULTS,
  TOKEN_FAULTS,
} from "../response/faults.ts";
import { refusalResponse } from "../response/refusal.ts";
import { mintOpaqueLike } from "../response/token-minting.ts";
import { createLedger } from "./ledger.ts";
import { RESOURCE_PATH, respondToResourceRequest } from "./resource.ts";
import { respondToTokenRequest } from "./token-endpoint.ts";
import type { Counts, SandboxVendor } from "./vendor-api.ts";
import type { ServedOperation, VendorSpec } from "./vendor-spec.ts";

/** A vendor together with the parts that server, `fetch` and console need. */
export interface RunningVendor {
  readonly api: SandboxVendor;
  readonly spec: VendorSpec;
  readonly accepted: () => AcceptedCredentials;
  readonly faults: () => readonly Fault[];
  readonly faultChoices: FaultChoices;
  handle(request: SandboxRequest, signal: AbortSignal): Promise<Outcome>;
}

const ZERO: Counts = { tokenRequests: 0, tokensIssued: 0, resourceRequests: 0, refused: 0 };

/** Starts a vendor with no tokens, faults or counts. `lifetime` is in seconds, `now` returns milliseconds since the epoch. */
export function startVendor(spec: VendorSpec, now: () => number, initialLifetime?: number): RunningVendor {
  const { name, operations } = spec;
  const main = operations[0];
  const grants = operations.flatMap((operation) => operation.grants);
  const ledger = createLedger(now);
  const faults = createFaultQueue();
  const choices = faultChoices(spec);
  let lifetime = initialLifetime ?? main.sample.lifetime;
  let accepted = acceptedCredentials(operations);
  let counts = ZERO;

  async function handle(request: SandboxRequest, signal: AbortSignal): Promise<Outcome> {
    const onResource = request.path === RESOURCE_PATH;
    const operation = onResource ? undefined : spec.route(request);
    if (typeof operation === "number") {
      return finish(refused(refusalResponse(main.refusals, operation), "no such operation"));
    }
    count(onResource ? "resourceRequests" : "tokenRequests");
    const effects = faults.take(onResource ? "resource" : "token");
    if (effects.delay !== undefined) await wait(effects.delay, undefined, { signal });
    if (effects.drop) return "dropped";
    const response = respond(request, operation, effects);
    if (operation && response.status < 300 && reasonOf(response) === undefined) count("tokensIssued");
    const met = Object.keys(effects);
    return {
      ...finish(disturb(response, effects), effects.clockOffset),
      ...(met.length > 0 && { faults: met }),
    };
  }

  function respond(
    request: SandboxRequest,
    operation: ServedOperation | undefined,
    effects: Effects,
  ): SandboxResponse {
    const served = operation ?? main;
    const { refusals } = served;
    if (effects.status !== undefined) return refusalResponse(refusals, effects.status, effects.example);
    return operation
      ? respondToTokenRequest(operation, request, { accepted, ledger, now: now(), lifetime }, effects)
      : respondToResourceRequest(name, request, { ledger, accepted }, served, effects.example);
  }

  function finish(response: SandboxResponse, clockOffset = 0): SandboxResponse {
    if (reasonOf(response) !== undefined) count("refused");
    return withHeaders(response, { date: new Date(now() + clockOffset).toUTCString() });
  }

  function count(what: keyof Counts): void {
    counts = { ...counts, [what]: counts[what] + 1 };
  }

  const api: SandboxVendor = {
    name,
    baseUrl: spec.servers[0],
    grants: grants.map((grant) => grant.name),
    credentials<Named extends object>(wanted?: string): Named {
      const { grant } = spec.grant(wanted);
      const credentials = accepted.example(grant);
      const singleUse = accepted.singleUse(grant.name);
      if (singleUse !== undefined) {
        const { clientId } = credentials;
        credentials[singleUse] = mintOpaqueLike(credentials[singleUse] ?? "");
        ledger.addExchangeable(credentials[singleUse], {
          family: { revoked: false },
          ...(clientId !== undefined && { clientId }),
        });
      }
      return (grants.length > 1 ? { grant: grant.name, ...credentials } : credentials) as Named;
    },
    accept(credentials) {
      accepted = accepted.with(credentials);
    },
    get lifetime() {
      return lifetime;
    },
    set lifetime(seconds) {
      checkValue("lifetime", seconds, lifetimeInSeconds);
      lifetime = seconds;
    },
    fault(fault) {
      checkFault(fault, choices);
      faults.add(fault);
    },
    clearFaults: faults.clear,
    revoke: ledger.revoke,
    revokeAll: ledger.revokeAll,
    get counts() {
      return counts;
    },
    resetCounts() {
      counts = ZERO;
    },
  };
  return { api, spec, accepted: () => accepted, faults: faults.list, faultChoices: choices, handle };
}

function faultChoices({ operations }: VendorSpec): FaultChoices {
  const responses = operations.flatMap(({ success, refusals }) => [
    success,
    ...refusals.filter(({ status }) => !status.startsWith("2")),
  ]);
  const jsonString = operations.some(({ success }) => success.jsonText !== undefined);
  return {
    bodies: jsonString ? JSON_STRING_FAULTS : TOKEN_FAULTS,
    exampleNames: [...new Set(responses.flatMap(({ examples }) => Object.keys(examples)))],
  };
}
