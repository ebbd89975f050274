import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ChainInterpreter, type ChainOperation, type Setting } from "../../test-support/chain-interpreter.ts";

/** `SEED=… RUNS=… pnpm test` replays a failure or looks longer; a failure prints its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.RUNS ?? 10_000);

const who = fc.nat(2);
const operations: readonly (readonly [weight: number, arbitrary: fc.Arbitrary<ChainOperation>])[] = [
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
const operation = fc.oneof(...operations.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const setting: fc.Arbitrary<Setting> = fc.record({
  grant: fc.constantFrom("client_credentials", "authorization_code", "refresh_token"),
  isShared: fc.boolean(),
});

const unhandled: unknown[] = [];
const remember = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", remember));
afterAll(() => void process.off("unhandledRejection", remember));

it(`processes that share a login keep every promise in ${numRuns} random interleavings`, {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(
    setting,
    fc.array(operation, { minLength: 1, maxLength: 10, size: "max" }),
    async (begin, steps) => {
      const interpreter = new ChainInterpreter(begin);
      for (const step of steps) await interpreter.run(step);
      await interpreter.end();
    },
  );
  await fc.assert(property, {
    seed,
    numRuns,
    interruptAfterTimeLimit: 110_000,
    markInterruptAsFailure: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(unhandled).toEqual([]);
});
