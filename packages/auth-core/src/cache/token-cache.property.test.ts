import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Interpreter, type Operation } from "../../test-support/interpreter.ts";

/** `SEED=… RUNS=… pnpm test` replays a failure or looks longer; a failure prints its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.RUNS ?? 10_000);

const operation: fc.Arbitrary<Operation> = fc.oneof(
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
  { weight: 1, arbitrary: fc.record({ do: fc.constant("answerLate") }) },
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
) as fc.Arbitrary<Operation>;

const unhandled: unknown[] = [];
const remember = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", remember));
afterAll(() => void process.off("unhandledRejection", remember));

it(`keeps every promise in ${numRuns} random interleavings`, { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(
    fc.array(operation, { minLength: 1, maxLength: 60, size: "max" }),
    async (operations) => {
      const interpreter = new Interpreter();
      for (const one of operations) await interpreter.run(one);
    },
  );
  await fc.assert(property, { seed, numRuns, interruptAfterTimeLimit: 45_000 });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(unhandled).toEqual([]);
});
