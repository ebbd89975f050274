import { expect, test } from "vitest";
import { escaped, logScale, svg } from "./chart.ts";

test("a logarithmic axis gives each order of magnitude as many pixels, and puts what is too small at its start", () => {
  const x = logScale([1, 1000], [100, 400]);
  expect([0, 1, 10, 100, 1000].map(x)).toEqual([100, 100, 200, 300, 400]);
});

test("text stays text in an image for light and dark pages", () => {
  expect(svg({ width: 10, height: 10, title: 'a < "b"' }, [])).toMatch(/aria-label="a &lt; &quot;b&quot;"/);
  expect(svg({ width: 10, height: 10, title: "" }, [])).toContain("prefers-color-scheme: dark");
  expect(escaped("a & b")).toBe("a &amp; b");
});
