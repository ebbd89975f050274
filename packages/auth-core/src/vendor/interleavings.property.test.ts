import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ChainInterpreter, type ChainOperation, type Setting } from "../../test-support/chain-interpreter.ts";
import { type Operation as CacheOperation, Interpreter } from "../../test-support/interpreter.ts";

/** `SEED=… RUNS=… pnpm test` replays a failure or looks longer; a failure prints its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.RUNS ?? 10_000);

const step: fc.Arbitrary<CacheOperation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("getToken"),
      signal: fc.boolean(),
      forceRenew: fc.constant(false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("getToken"),
      signal: fc.boolean(),
      forceRenew: fc.constant(true),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("abort"), caller: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("respondLate") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("invalidate"), latest: fc.boolean() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("advance"),
      ms: fc.oneof(fc.nat(2000), fc.nat(4_000_000), fc.constantFrom(10_000, 30_000, 2_880_000, 3_540_000)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("age"), part: fc.constantFrom(0.5, 0.8, 0.85, 0.9, 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("adjustWall"),
      ms: fc.integer({ min: -7_200_000, max: 7_200_000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("succeed"),
      lifetime: fc.oneof(
        fc.constant(3_600_000),
        fc.integer({ min: 1, max: 10_000 }),
        fc.constant(30 * 24 * 3_600_000),
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("fail"),
      how: fc.constantFrom("network", "rejected", "throttled", "malformed", "foreign"),
    }),
  },
) as fc.Arbitrary<CacheOperation>;

const who = fc.nat(2);
const chainSteps: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<ChainOperation>])[] = [
  [6, fc.record({ do: fc.constant("getToken"), who, signal: fc.boolean(), forceRenew: fc.constant(false) })],
  [1, fc.record({ do: fc.constant("getToken"), who, signal: fc.boolean(), forceRenew: fc.constant(true) })],
  [1, fc.record({ do: fc.constant("abort"), caller: fc.nat(10) })],
  [1, fc.record({ do: fc.constant("revoke") })],
  [
    6,
    fc.record({
      do: fc.constant("advance"),
      ms: fc.constantFrom(20, 100, 3000, 9000, 60_000, 2_900_000, 3_600_000),
    }),
  ],
  [
    2,
    fc.record({
      do: fc.constant("meet"),
      fate: fc.constantFrom("slow", "unsent", "cut", "cut later", "lost", "garbled"),
    }),
  ],
  [
    2,
    fc.record({ do: fc.constant("rotate"), told: fc.constantFrom([true, true, true], [true, false, false]) }),
  ],
  [1, fc.record({ do: fc.constant("tell"), who })],
  [1, fc.record({ do: fc.constant("lock"), ms: fc.constantFrom(2000, 15_000) })],
  [1, fc.record({ do: fc.constant("restart"), who })],
];
const chainStep = fc.oneof(...chainSteps.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const setting: fc.Arbitrary<Setting> = fc.record({
  grant: fc.constantFrom("client_credentials", "authorization_code", "refresh_token"),
  isShared: fc.boolean(),
});

const unhandled: unknown[] = [];
const remember = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", remember));
afterAll(() => void process.off("unhandledRejection", remember));

async function holds<Values>(property: fc.IAsyncProperty<Values>): Promise<void> {
  await fc.assert(property, {
    seed,
    numRuns,
    interruptAfterTimeLimit: 110_000,
    markInterruptAsFailure: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(unhandled).toEqual([]);
}

it(`a cache keeps every promise in ${numRuns} random interleavings`, { timeout: 120_000 }, () =>
  holds(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }), async (steps) => {
      const interpreter = new Interpreter();
      for (const one of steps) await interpreter.run(one);
    }),
  ),
);

it(
  `processes that share a login keep every promise in ${numRuns} random interleavings`,
  {
    timeout: 120_000,
  },
  () =>
    holds(
      fc.asyncProperty(
        setting,
        fc.array(chainStep, { minLength: 1, maxLength: 10, size: "max" }),
        async (begin, steps) => {
          const interpreter = new ChainInterpreter(begin);
          for (const one of steps) await interpreter.run(one);
          await interpreter.end();
        },
      ),
    ),
);
