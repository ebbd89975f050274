import { describe, expect, it } from "vitest";
import { chartOf } from "./chart.ts";
import { tableOf } from "./report.ts";
import { type Cell, carryOut, simulate } from "./simulate.ts";

const fleet = { processes: 50, credentialSets: 2, seed: 1 };

describe("simulate", () => {
  it("counts a request a process and set without a store, and with one that is down", async () => {
    for (const mode of ["no store", "store down"] as const) {
      const { atStart, perLifetime } = await simulate({ ...fleet, mode });
      expect(atStart, mode).toBe(100);
      expect(perLifetime).toBeGreaterThan(100);
      expect(perLifetime).toBeLessThan(100 / 0.7);
    }
  }, 60_000);

  it("counts a request a set with a shared store", async () => {
    const { atStart, perLifetime } = await simulate({ ...fleet, mode: "shared store" });
    expect(atStart).toBe(2);
    expect(perLifetime).toBeGreaterThan(2);
    expect(perLifetime).toBeLessThan(2 / 0.69);
  }, 60_000);

  it("counts the same for the same seed", async () => {
    const scenario = { ...fleet, processes: 20, mode: "1 in 100 accesses fails" } as const;
    expect(await simulate(scenario)).toEqual(await simulate(scenario));
  }, 60_000);
});

describe("the report", () => {
  it("has every cell, and says which were multiplied", async () => {
    const told: Cell[] = [];
    const plan = { processes: [1, 10], credentialSets: [1, 10], mostCaches: 20, seed: 1 };
    const cells = await carryOut(plan, (cell) => told.push(cell));
    expect(cells).toEqual(told);
    expect(cells).toHaveLength(16);
    const shared = cells.filter(({ mode, processes }) => mode === "shared store" && processes === 10);
    expect(shared.map(({ atStart, multiplied }) => ({ atStart, multiplied }))).toEqual([
      { atStart: 1, multiplied: false },
      { atStart: 10, multiplied: true },
    ]);

    const measurements = new Map([[10, { "no store": 13.5, "shared store": 1.4, "store down": 13.2 }]]);
    const table = tableOf(cells, measurements);
    expect(table).toMatch(/^\| 10 \| \d+(\.\d)? \(10\) \| 1\.\d \(1\) \|/m);
    expect(table).toMatch(/^\| 10 \| ≈ \d+ \(100\) \| ≈ 1\d(\.\d)? \(10\) \|/m);
    expect(table).toMatch(/^\| 10 \| 13\.5 \(1\d(\.\d)?\) \| 1\.4 \(1\.\d\) \| 13\.2 \(1\d(\.\d)?\) \|$/m);
    expect(table).toContain("## Real processes");
    expect(tableOf(cells, new Map())).not.toContain("## Real processes");

    const chart = chartOf(cells, measurements);
    expect(chart).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(chart).toContain("prefers-color-scheme: dark");
    expect(chart.match(/<polyline/g)).toHaveLength(3);
    expect(chart.match(/<circle/g)).toHaveLength(2);
    expect(chart).not.toMatch(/NaN|undefined|Infinity/);
  }, 60_000);
});
