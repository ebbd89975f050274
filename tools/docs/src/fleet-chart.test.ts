import { expect, it } from "vitest";
import { inBothModes } from "./fleet-chart.ts";

it("a chart in both modes has the colours of one mode each", () => {
  const svg =
    "svg { --ink: black; }\n@media (prefers-color-scheme: dark) {\n  svg { --ink: white; }\n}\ntext { fill: var(--ink); }";
  const { light, dark } = inBothModes(svg);
  expect(light).not.toMatch(/white|@media/);
  expect(dark).toMatch(/--ink: black; \}\n\s*svg \{ --ink: white; \}\s*text/);
});
