import { createTokenCache } from "@org/auth-core";
import { memoryStore } from "@org/auth-core/store";
import { seededRandom } from "@org/measure/random";
import { storeWithAccess } from "@org/measure/store";
import { simulatedClock } from "./simulated-clock.ts";

/** How the processes share their tokens. */
export const MODES = ["no store", "shared store", "1 in 100 accesses fails", "store down"] as const;
export type Mode = (typeof MODES)[number];

/** What is simulated. */
export interface Scenario {
  readonly processes: number;
  /** Each process has a cache for each set. */
  readonly credentialSets: number;
  readonly mode: Mode;
  readonly seed: number;
}

/** Token requests at the vendors. */
export interface Requests {
  /** Until every process has its first tokens. */
  readonly atStart: number;
  /** In one token lifetime afterwards, on average. */
  readonly perLifetime: number;
}

/** All in milliseconds. */
export const LIFETIME = 3_600_000;
const STARTED_WITHIN = 30_000;
const CALL_EVERY = 120_000;
const VENDOR_TAKES: readonly [number, number] = [150, 450];
const STORE_TAKES: readonly [number, number] = [1, 5];
/** How many lifetimes are counted after the first: more if there is little to do, for a better average. */
const MOST_LIFETIMES = 30;
const FEWEST_LIFETIMES = 3;
const CACHE_LIFETIMES = 15_000;

/** Runs the real token cache of every process, on a simulated clock and network. */
export async function simulate(scenario: Scenario): Promise<Requests> {
  const { random } = Math;
  // The caches draw their jitter from there.
  Math.random = seededRandom(scenario.seed);
  try {
    return await run(scenario, Math.random);
  } finally {
    Math.random = random;
  }
}

async function run({ processes, credentialSets, mode }: Scenario, random: () => number): Promise<Requests> {
  const clock = simulatedClock();
  const between = ([from, to]: readonly [number, number]) => from + random() * (to - from);
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  let requests = 0;
  let failure: unknown;

  const source = async () => {
    const request = ++requests;
    const sentAt = clock.now();
    await wait(between(VENDOR_TAKES));
    return { accessToken: `token-${request}`, expiresAt: sentAt + LIFETIME };
  };

  const store = storeWithAccess(memoryStore({ max: credentialSets, clock }), async (_, access) => {
    await wait(between(STORE_TAKES));
    if (mode === "store down" || (mode === "1 in 100 accesses fails" && random() < 0.01)) {
      throw new Error("the store is not there");
    }
    return access();
  });

  for (let process = 0; process < processes; process++) {
    const startsAt = random() * STARTED_WITHIN;
    for (let set = 0; set < credentialSets; set++) {
      const sharing = mode === "no store" ? {} : { store, storeKey: `set ${set}` };
      const cache = createTokenCache(source, { clock, ...sharing });
      const call = () => {
        clock.after(CALL_EVERY * (0.5 + random()), call);
        if (cache.peek()) return false;
        cache.getToken().catch((error) => {
          failure ??= error;
        });
        return true;
      };
      clock.after(startsAt, call);
    }
  }

  await clock.run(STARTED_WITHIN * 2);
  const atStart = requests;
  await clock.run(LIFETIME);
  const before = requests;
  const affordable = Math.round(CACHE_LIFETIMES / (processes * credentialSets));
  const lifetimes = Math.min(MOST_LIFETIMES, Math.max(FEWEST_LIFETIMES, affordable));
  await clock.run(LIFETIME * (1 + lifetimes));
  if (failure) throw failure;
  return { atStart, perLifetime: (requests - before) / lifetimes };
}
