import { scenarios as callers } from "./callers.ts";
import { scenarios as failures } from "./failures.ts";
import { scenarios as leaks } from "./leaks.ts";
import { scenarios as lifetimes } from "./lifetimes.ts";
import type { Scenario } from "./scenario.ts";

/** Every question, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = [...callers, ...failures, ...lifetimes, ...leaks];

const FILES = { callers, failures, lifetimes, leaks };

/** The path from `tools/bench` of the file that contains a scenario. */
export function scenarioFile(scenario: Scenario): string {
  const [name] = Object.entries(FILES).find(([, scenarios]) => scenarios.includes(scenario)) ?? [];
  return `src/behaviour/${name}.ts`;
}
