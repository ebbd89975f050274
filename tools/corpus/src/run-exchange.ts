import { authorizedFetch } from "@org/auth-core";
import { fakeClock } from "@org/auth-core/testing";
import { createSpecTokenCache, problemText, readTokenOperations } from "@org/auth-spec";
import { callerOf, valuesOf } from "./caller.ts";
import { dayAhead, type Exchange, type Made } from "./exchange.ts";
import { nameOfServer, specificationOf } from "./specification.ts";
import { filled } from "./template.ts";
import { vendorOf } from "./vendor.ts";
import type { VendorServer } from "./vendor-server.ts";

/** The outcome of one exchange. */
export interface Outcome {
  readonly name: string;
  /** Why the exchange is not expressed; `undefined` if all of it worked. */
  readonly problem: string | undefined;
  /** What the caller has to write besides credentials and settings. */
  readonly writes: readonly string[];
}

/** The lifetime that a cache assumes if nothing states one, in seconds. */
const ASSUMED = 300;

/**
 * Writes a specification of an exchange, gets a token from it, from the cache and, after it expired, anew, and calls the API with each;
 * the server accepts nothing but what the facts describe.
 *
 * @param described - the exchange that the specification describes, for a wrong specification. Default: the server's.
 */
export async function runExchange(
  exchange: Exchange,
  server: VendorServer,
  described: Exchange = exchange,
): Promise<Outcome> {
  const clock = fakeClock();
  const values = valuesOf(exchange);
  const vendor = vendorOf(exchange, values, clock.now);
  server.play(vendor);
  let count = 0;
  const make = (name: string, made: Made) => {
    count++;
    return made.kind === "day" ? dayAhead(made.ahead, clock.now()) : `signed-${count}.${name}`;
  };
  const { credentials, variables, writes } = callerOf(exchange, values, make);
  const outcome = { name: exchange.name, writes };
  const document = specificationOf(described);
  const { problems } = readTokenOperations(document);
  if (problems.length > 0) return { ...outcome, problem: problems.map(problemText).join(" ") };
  const [api = ""] = exchange.apiOrigins;
  try {
    const fetch = server.fetchFor({ hasCertificate: exchange.needsCertificate });
    const tokens = createSpecTokenCache(document, credentials, {
      clock,
      fetch,
      ...(exchange.apiOrigins.length > 1 && { server: nameOfServer(0) }),
      ...(Object.keys(variables).length > 0 && { variables }),
    });
    const call = authorizedFetch(tokens, { fetch });
    await obtain(1);
    await obtain(1);
    await clock.advance(lifetimeOf(exchange) * 1000);
    await obtain(2);
    return { ...outcome, problem: undefined };

    async function obtain(requests: number): Promise<void> {
      const { accessToken } = await tokens.getToken();
      expect("token requests", vendor.issued.length, requests);
      expect("token", accessToken, vendor.issued.at(-1));
      const response = await call(`${filled(api, values)}/corpus/resource`);
      expect("status of the API call", response.status, 200);
      expect("token requests after the API call", vendor.issued.length, requests);
      expect("refusals", vendor.refusals.length, 0);
    }
  } catch (error) {
    // The vendor's reasons say more than the error of the refused client.
    return { ...outcome, problem: vendor.refusals[0] ?? (error as Error).message };
  }
}

function lifetimeOf({ lifetime }: Exchange): number {
  if (lifetime.stated === "nowhere") return lifetime.seconds ?? ASSUMED;
  return lifetime.stated === "milliseconds" ? ASSUMED : 3600;
}

function expect(what: string, received: unknown, expected: unknown): void {
  if (received !== expected) throw new Error(`${what}: expected ${expected}, received ${received}`);
}
