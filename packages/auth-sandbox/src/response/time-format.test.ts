import { expect, it } from "vitest";
import { formatLike } from "./time-format.ts";

const SECONDS = Date.parse("2030-01-02T03:04:05Z") / 1000;

it.each<[unknown, string | number]>([
  ["2025-04-25T07:27:04+0000", "2030-01-02T03:04:05+0000"],
  ["2025-04-25T07:27:04+00:00", "2030-01-02T03:04:05+00:00"],
  ["2025-04-25T07:27:04Z", "2030-01-02T03:04:05Z"],
  ["2025-04-25T07:27:04.123Z", "2030-01-02T03:04:05.000Z"],
  ["2025-04-25T07:27:04+0530", "2030-01-02T08:34:05+0530"],
  ["2025-04-25T07:27:04-08:00", "2030-01-01T19:04:05-08:00"],
  ["2025-04-25 07:27:04", "2030-01-02 03:04:05"],
  [1745566024, SECONDS],
  [1745566024000, SECONDS * 1000],
  ["1745566024", String(SECONDS)],
  ["1745566024000", String(SECONDS * 1000)],
])("a moment like %j is %j", (example, written) => {
  expect(formatLike(example, SECONDS)).toBe(written);
});

it("refuses an example whose format it does not know", () => {
  expect(() => formatLike("Fri, 25 Apr 2025", SECONDS)).toThrow(
    'cannot write a time like "Fri, 25 Apr 2025": expected epoch',
  );
});
