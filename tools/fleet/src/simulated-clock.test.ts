import { expect, it } from "vitest";
import { simulatedClock } from "./simulated-clock.ts";

it("calls back in the order of time, then of asking, each at its time", async () => {
  const clock = simulatedClock();
  const seen: string[] = [];
  for (const [name, ms] of [
    ["c", 30],
    ["a", 10],
    ["d", 30],
    ["b", 20],
    ["now", -5],
  ] as const) {
    clock.after(ms, () => seen.push(`${name} ${clock.monotonic()}`));
  }
  await clock.run(1000);
  expect(seen).toEqual(["now 0", "a 10", "b 20", "c 30", "d 30"]);
  expect(clock.monotonic()).toBe(1000);
});

it("keeps what is due later for the next run", async () => {
  const clock = simulatedClock();
  const seen: number[] = [];
  for (const ms of [5, 10, 11, 20]) clock.after(ms, () => seen.push(ms));
  await clock.run(10);
  expect(seen).toEqual([5, 10]);
  await clock.run(20);
  expect(seen).toEqual([5, 10, 11, 20]);
});

it("does not call back what was cancelled, and calls back what is asked for on the way", async () => {
  const clock = simulatedClock();
  const seen: string[] = [];
  const cancel = clock.after(10, () => seen.push("cancelled"));
  clock.after(5, () => {
    cancel();
    clock.after(5, () => seen.push("late"));
  });
  await clock.run(100);
  expect(seen).toEqual(["late"]);
});

it("lets promises settle before time goes on", async () => {
  const clock = simulatedClock();
  let settledAt = -1;
  clock.after(10, async () => {
    for (let step = 0; step < 50; step++) await undefined;
    settledAt = clock.monotonic();
  });
  clock.after(11, () => {});
  await clock.run(100);
  expect(settledAt).toBe(10);
});
