import { MODES, type Mode, type Requests, type Scenario, simulate } from "./simulate.ts";

/** One cell of the table. */
export interface Cell extends Requests {
  readonly processes: number;
  readonly credentialSets: number;
  readonly mode: Mode;
  /** Counted for fewer credential sets and multiplied: sets are independent of each other. */
  readonly multiplied: boolean;
}

/** What is asked: every number of processes with every number of credential sets, in every mode. */
export interface Plan {
  readonly processes: readonly number[];
  readonly credentialSets: readonly number[];
  /** As many caches as fit into one simulation. */
  readonly mostCaches: number;
  readonly seed: number;
}

/** Simulates a plan, cell by cell, and reports each. */
export async function carryOut(plan: Plan, onCell: (cell: Cell, took: number) => void): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const processes of plan.processes) {
    for (const mode of MODES) {
      const known = new Map<number, Requests>();
      for (const credentialSets of plan.credentialSets) {
        const fitting = Math.max(1, Math.floor(plan.mostCaches / processes));
        const simulated = Math.min(credentialSets, fitting);
        const scenario: Scenario = { processes, credentialSets: simulated, mode, seed: plan.seed };
        const startedAt = performance.now();
        const requests = known.get(simulated) ?? (await simulate(scenario));
        known.set(simulated, requests);
        const factor = credentialSets / simulated;
        const cell = {
          ...{ processes, credentialSets, mode, multiplied: factor > 1 },
          atStart: requests.atStart * factor,
          perLifetime: requests.perLifetime * factor,
        };
        cells.push(cell);
        onCell(cell, performance.now() - startedAt);
      }
    }
  }
  return cells;
}
