import { setTimeout as wait } from "node:timers/promises";
import { SINGLE_USE } from "./credential-fields.ts";
import { disturb } from "./disturb.ts";
import { createFaultQueue } from "./fault-queue.ts";
import { checkFault, type Effects, type Fault, type FaultChoices } from "./faults.ts";
import { createLedger } from "./ledger.ts";
import { type Answer, type Outcome, type SandboxRequest, withHeaders } from "./messages.ts";
import { checkValue, lifetimeInSeconds, quoted } from "./option-check.ts";
import { isRefused, refused } from "./refused.ts";
import { answerResourceRequest, RESOURCE_PATH } from "./resource.ts";
import { answerTokenRequest } from "./token-endpoint.ts";
import { mintOpaqueLike } from "./token-minting.ts";
import type { Counts, SandboxVendor } from "./vendor-api.ts";
import type { TokenOperation, VendorSpec } from "./vendor-spec.ts";

/** A vendor together with the parts that the ways in need. */
export interface RunningVendor {
  readonly api: SandboxVendor;
  readonly spec: VendorSpec;
  readonly faults: () => readonly Fault[];
  handle(request: SandboxRequest, signal: AbortSignal): Promise<Outcome>;
}

const ZERO: Counts = { tokenRequests: 0, tokensIssued: 0, resourceRequests: 0, refused: 0 };

/** Starts a vendor with no tokens, faults or counts. `lifetime` is in seconds, `now` answers milliseconds since the epoch. */
export function startVendor(spec: VendorSpec, now: () => number, initialLifetime?: number): RunningVendor {
  const { name, operations, accepted } = spec;
  const main = operations[0];
  const grants = operations.flatMap((operation) => operation.grants);
  const ledger = createLedger(now);
  const faults = createFaultQueue();
  const choices = faultChoices(spec);
  let lifetime = initialLifetime ?? main.success.lifetime;
  let counts = ZERO;

  async function handle(request: SandboxRequest, signal: AbortSignal): Promise<Outcome> {
    const onResource = request.path === RESOURCE_PATH;
    const operation = onResource ? undefined : spec.route(request);
    if (typeof operation === "number") {
      return finish(refused(main.refusals.answer(operation), "no such operation"));
    }
    count(onResource ? "resourceRequests" : "tokenRequests");
    const effects = faults.take(onResource ? "resource" : "token");
    if (effects.delay !== undefined) await wait(effects.delay, undefined, { signal });
    if (effects.drop) return "dropped";
    const answer = respond(request, operation, effects);
    if (operation && answer.status === 200) count("tokensIssued");
    return finish(disturb(answer, effects), effects.clockOffset);
  }

  function respond(request: SandboxRequest, operation: TokenOperation | undefined, effects: Effects): Answer {
    const { refusals } = operation ?? main;
    if (effects.status !== undefined) return refusals.answer(effects.status, effects.example);
    return operation
      ? answerTokenRequest(operation, request, { accepted, ledger, now: now(), lifetime }, effects)
      : answerResourceRequest(name, request, ledger, refusals, effects.example);
  }

  function finish(answer: Answer, clockOffset = 0): Answer {
    if (isRefused(answer)) count("refused");
    return withHeaders(answer, { date: new Date(now() + clockOffset).toUTCString() });
  }

  function count(what: keyof Counts): void {
    counts = { ...counts, [what]: counts[what] + 1 };
  }

  const api: SandboxVendor = {
    name,
    baseUrl: spec.servers[0],
    grants: grants.map(({ grant }) => grant),
    credentials<Named extends object>(wanted = api.grants[0]): Named {
      const grant = grants.find((one) => one.grant === wanted);
      if (grant === undefined) {
        throw new TypeError(`${name} has no grant "${wanted}"; valid ones are ${quoted(api.grants)}`);
      }
      const credentials = accepted.example(grant);
      const singleUse = SINGLE_USE.get(grant.grant);
      if (singleUse !== undefined) {
        const { clientId } = credentials;
        credentials[singleUse] = mintOpaqueLike(credentials[singleUse] ?? "");
        ledger.addExchangeable(credentials[singleUse], {
          family: { revoked: false },
          ...(clientId !== undefined && { clientId }),
        });
      }
      return (grants.length > 1 ? { grant: grant.grant, ...credentials } : credentials) as Named;
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
  return { api, spec, faults: faults.list, handle };
}

function faultChoices({ operations }: VendorSpec): FaultChoices {
  const names = operations.flatMap(({ success, refusals }) => [
    ...Object.keys(success.examples),
    ...refusals.exampleNames,
  ]);
  return {
    jsonString: operations.some(({ success }) => success.jsonStringPath !== undefined),
    exampleNames: [...new Set(names)],
  };
}
