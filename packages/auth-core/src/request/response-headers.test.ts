import { expect, it } from "vitest";
import { retryAfterOf } from "./response-headers.ts";

const now = Date.UTC(2026, 0, 1, 12);

it.each<[header: string | null, ms: number | undefined]>([
  ["7", 7000],
  ["0", 0],
  ["Thu, 01 Jan 2026 12:00:05 GMT", 5000],
  ["Thu, 01 Jan 2026 11:00:00 GMT", 0],
  [null, undefined],
  ["", undefined],
  ["-5", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  ["999999999999999", 999_999_999_999_999_000],
  ["9".repeat(400), undefined],
  ["soon", undefined],
  ["Invalid Date", undefined],
  ["2027", 2_027_000],
  ["2026-01-01T12:00:05Z", undefined],
  ["1 Jan 2026 12:00:05 GMT", undefined],
  ["Fri, 01 Jan 2026 12:00:05 GMT", undefined],
  ["Mon, 30 Feb 2026 12:00:05 GMT", undefined],
  ["Thursday, 01-Jan-26 12:00:05 GMT", undefined],
])("Retry-After: %s asks for %s ms", (header, ms) => {
  expect(retryAfterOf(header, now)).toBe(ms);
});
