import { authorizedFetch } from "@org/auth-core";
import { type FakeClock, fakeClock } from "@org/auth-core/testing";
import { createSpecTokenCache, problemText, readTokenOperations } from "@org/auth-spec";
import { callerOf, valuesOf } from "./caller.ts";
import type { Exchange, Made } from "./exchange.ts";
import { dayAhead } from "./made.ts";
import { nameOfServer, specificationOf } from "./specification.ts";
import { filled } from "./template.ts";
import { type Vendor, vendorOf } from "./vendor.ts";
import type { VendorServer } from "./vendor-server.ts";

/** What came of one exchange. */
export interface Outcome {
  readonly name: string;
  /** Why the exchange is not expressed; `undefined` where all of it happened. */
  readonly problem: string | undefined;
  /** What the caller has to write beside credentials and settings. */
  readonly writes: readonly string[];
}

/** The lifetime that a cache assumes where nothing states one, in seconds. */
const ASSUMED = 300;

/**
 * Writes a specification of an exchange, gets a token from it, from the cache and, after it expired, anew, and calls the API with each;
 * the server accepts nothing else than what the facts describe.
 *
 * @param described - the exchange that the specification is of, for one that is wrong. Default: that of the server.
 */
export async function runExchange(
  exchange: Exchange,
  server: VendorServer,
  described: Exchange = exchange,
): Promise<Outcome> {
  const clock = fakeClock();
  const values = valuesOf(exchange);
  const vendor = vendorOf(exchange, values, clock.now);
  server.play(vendor, clock.now);
  const { credentials, variables, writes } = callerOf(exchange, values, maker(clock));
  const outcome = { name: exchange.name, writes };
  const document = specificationOf(described);
  const { problems } = readTokenOperations(document);
  if (problems.length > 0) return { ...outcome, problem: problems.map(problemText).join(" ") };
  const isTemplated = Object.keys(variables).length > 0;
  const api = `${filled(exchange.apiOrigins[0] ?? "", values)}/corpus/resource`;
  try {
    const fetch = server.fetchFor({ hasCertificate: exchange.needsCertificate });
    const isOneOfSeveral = exchange.apiOrigins.length > 1;
    const options = {
      clock,
      fetch,
      ...(isOneOfSeveral && { server: nameOfServer(0) }),
      ...(isTemplated && { variables }),
    };
    const tokens = createSpecTokenCache(document, credentials, options);
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
      const response = await call(api);
      expect("status of the API call", response.status, 200);
      expect("token requests after the API call", vendor.issued.length, requests);
      expect("refusals", vendor.refusals.length, 0);
    }
  } catch (error) {
    return { ...outcome, problem: reasonOf(vendor, error) };
  }
}

/** The vendor's own words say more than those of who was refused. */
function reasonOf({ refusals }: Vendor, error: unknown): string {
  return refusals[0] ?? (error instanceof Error ? error.message : String(error));
}

function maker(clock: FakeClock): (name: string, made: Made) => string {
  let count = 0;
  return (name, made) => {
    count++;
    return made.kind === "day" ? dayAhead(made.ahead, clock.now()) : `signed-${count}.${name}`;
  };
}

function lifetimeOf({ lifetime }: Exchange): number {
  if (lifetime.stated === "nowhere") return lifetime.seconds ?? ASSUMED;
  return lifetime.stated === "milliseconds" ? ASSUMED : 3600;
}

function expect(what: string, received: unknown, expected: unknown): void {
  if (received !== expected) throw new Error(`${what}: expected ${expected}, received ${received}`);
}
