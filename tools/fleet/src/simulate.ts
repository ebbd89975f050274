import { createTokenCache } from "@org/auth-core";
import { memoryStore } from "@org/auth-core/store";
import { seededRandom } from "@org/measure/random";
import { storeWithAccess } from "@org/measure/store";
import { simulatedClock } from "./simulated-clock.ts";

/** How the processes share their tokens. */
export const MODES = ["no store", "shared store", "1 in 100 accesses fails", "store down"] as const;
export type Mode = (typeof MODES)[number];

/** One cell of the table: token requests at the vendors. */
export interface Cell {
  readonly processes: number;
  /** Each process has a cache for each set. */
  readonly credentialSets: number;
  readonly mode: Mode;
  /** Requests until every process has its first tokens. */
  readonly atStart: number;
  /** Requests in one token lifetime afterwards, on average. */
  readonly perLifetime: number;
  /** Counted for fewer credential sets and multiplied: sets are independent of each other. */
  readonly multiplied: boolean;
}

type Scenario = Pick<Cell, "processes" | "credentialSets" | "mode">;
type Requests = Pick<Cell, "atStart" | "perLifetime">;

/** What is asked: every number of processes with every number of credential sets, in every mode. */
interface Plan {
  readonly processes: readonly number[];
  readonly credentialSets: readonly number[];
  /** As many caches as fit into one simulation. */
  readonly mostCaches: number;
  readonly seed: number;
}

/** All in milliseconds. */
const LIFETIME = 3_600_000;
const STARTED_WITHIN = 30_000;
const CALL_EVERY = 120_000;
const VENDOR_TAKES: readonly [number, number] = [150, 450];
const STORE_TAKES: readonly [number, number] = [1, 5];
/** How many lifetimes are counted after the first: more if there is little to do, for a better average. */
const MOST_LIFETIMES = 30;
const FEWEST_LIFETIMES = 3;
const CACHE_LIFETIMES = 15_000;

/** Simulates a plan, cell by cell, and reports each. */
export async function carryOut(plan: Plan, onCell: (cell: Cell, took: number) => void): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const processes of plan.processes) {
    const fitting = Math.max(1, Math.floor(plan.mostCaches / processes));
    for (const mode of MODES) {
      const known = new Map<number, Requests>();
      for (const credentialSets of plan.credentialSets) {
        const startedAt = performance.now();
        const simulated = Math.min(credentialSets, fitting);
        const requests =
          known.get(simulated) ??
          (await simulate({ processes, credentialSets: simulated, mode, seed: plan.seed }));
        known.set(simulated, requests);
        const factor = credentialSets / simulated;
        const cell = {
          ...{ processes, credentialSets, mode, multiplied: factor > 1 },
          atStart: requests.atStart * factor,
          perLifetime: requests.perLifetime * factor,
        };
        cells.push(cell);
        onCell(cell, performance.now() - startedAt);
      }
    }
  }
  return cells;
}

/** Runs the real token cache of every process, on a simulated clock and network. */
export async function simulate({ seed, ...scenario }: Scenario & Pick<Plan, "seed">): Promise<Requests> {
  const { random } = Math;
  // The caches draw their jitter from there.
  Math.random = seededRandom(seed);
  try {
    return await run(scenario, Math.random);
  } finally {
    Math.random = random;
  }
}

async function run({ processes, credentialSets, mode }: Scenario, random: () => number) {
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
