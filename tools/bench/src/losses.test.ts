import { expect, test } from "vitest";
import type { Results } from "./groups.ts";
import { losses } from "./losses.ts";
import { spreadOf } from "./statistics.ts";

const where = { date: "", seconds: 0, load: [0, 0], machine: "", node: "" } as const;

function hotPath(ratios: Readonly<Record<string, number>>): Results {
  const result = Object.entries(ratios).map(([subject, ratio]) => ({
    subject,
    cached: { ns: spreadOf([ratio * 100]), ratio: spreadOf([ratio]), bytes: 1 },
  }));
  return { "hot-path": { ...where, result } };
}

test("a figure in which a peer is ahead is named, with every peer that is, the best first", () => {
  const [found, ...others] = losses(hotPath({ ours: 1.5, oauth4webapi: 1.4, "openid-client": 1.1, slow: 9 }));
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    figure: "cached call, times the baseline",
    ours: "1.50 ×",
    ahead: ["openid-client 1.10 ×", "oauth4webapi 1.40 ×"],
  });
});

test("a figure in which we are first, or share the first place, is not named", () => {
  expect(losses(hotPath({ ours: 1.5, oauth4webapi: 1.5, slow: 9 }))).toEqual([]);
});

test("nothing is claimed about what was not measured", () => {
  expect(losses({})).toEqual([]);
});
