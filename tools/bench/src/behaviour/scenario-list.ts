import type { Scenario } from "../scenario.ts";
import { scenario as abort } from "./abort.ts";
import { scenario as badSecret } from "./bad-secret.ts";
import { scenario as coldCallers } from "./cold-callers.ts";
import { scenario as expiry } from "./expiry.ts";
import { scenario as late401s } from "./late-401s.ts";
import { scenario as leaks } from "./leaks.ts";
import { scenarios as lifetimes } from "./lifetime.ts";
import { scenario as outage } from "./outage.ts";
import { scenario as rotation } from "./rotation.ts";

/** Every question, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  coldCallers,
  late401s,
  badSecret,
  expiry,
  outage,
  abort,
  rotation,
  ...lifetimes,
  leaks,
];

/** The scenario's path from `tools/bench`. */
export function scenarioFile(id: string): string {
  return `src/behaviour/${id.startsWith("lifetime-") ? "lifetime" : id}.ts`;
}
