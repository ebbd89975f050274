import { expect, it } from "vitest";
import { fakeClock } from "./fake-clock.ts";
import { scriptedTokenSource } from "./scripted-token-source.ts";

it.each([
  [
    () => fakeClock(null as never),
    "start: expected milliseconds since the epoch, such as Date.UTC(2026, 0, 1), received null",
  ],
  [
    () => fakeClock("2026-01-01" as never),
    'start: expected milliseconds since the epoch, such as Date.UTC(2026, 0, 1), received "2026-01-01"',
  ],
  [
    () => scriptedTokenSource(null as never),
    'answers: expected a list, such as [{ accessToken: "a" }], received null',
  ],
  [
    () => scriptedTokenSource({ accessToken: "a" } as never),
    'answers: expected a list, such as [{ accessToken: "a" }], received object',
  ],
])("the testing kit refuses what it cannot use: %s", (make, message) => {
  expect(make).toThrow(new TypeError(message));
});
