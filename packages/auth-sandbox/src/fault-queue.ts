import type { Effects, Fault } from "./faults.ts";

/** The faults of one vendor that are in force. */
export interface FaultQueue {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** What the next request of this kind meets; uses up one turn of a counted fault. */
  take(on: "token" | "resource"): Effects;
}

/**
 * An empty queue. Faults with `times` wait in line, one a request; faults without are always in force and combine.
 * Where both say something about the same thing, the one with `times` wins, then the newest.
 */
export function createFaultQueue(): FaultQueue {
  let faults: readonly Fault[] = [];
  return {
    add(fault) {
      faults = [...faults, { ...fault }];
    },
    clear() {
      faults = [];
    },
    list: () => faults,
    take(on) {
      if (faults.length === 0) return {};
      const mine = faults.filter((fault) => (fault.on ?? "token") === on);
      const next = mine.find(({ times }) => times !== undefined);
      const standing = mine.filter(({ times }) => times === undefined);
      if (next?.times !== undefined) {
        const left = next.times - 1;
        faults = faults.flatMap((fault) =>
          fault !== next ? [fault] : left > 0 ? [{ ...fault, times: left }] : [],
        );
      }
      return Object.assign({}, ...standing, next);
    },
  };
}
