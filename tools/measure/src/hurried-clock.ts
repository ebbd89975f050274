/** A clock for tests over sockets: waits between attempts are over immediately, deadlines pass when told to. */
export type HurriedClock = ReturnType<typeof hurriedClock>;

/** README of auth-core: an attempt has its own deadline, 10 s. No wait in tests is as long. */
const DEADLINE = 10_000;

/**
 * A hurried clock.
 *
 * @param wall - a wall clock, which the time that was skipped is added to. Default: the machine's
 */
export function hurriedClock(wall: () => number = Date.now) {
  const started = wall();
  let skipped = 0;
  const deadlines = new Set<() => void>();
  return {
    now: () => wall() + skipped,
    monotonic: () => wall() - started + skipped,
    after(ms: number, callback: () => void) {
      // A longer one is that of a whole renewal, which no test here waits for.
      if (ms > DEADLINE) return () => {};
      if (ms === DEADLINE) {
        deadlines.add(callback);
        return () => deadlines.delete(callback);
      }
      const timer = setImmediate(() => {
        skipped += ms;
        callback();
      });
      return () => clearImmediate(timer);
    },
    /** Lets the deadlines pass of the attempts that are under way. */
    strikeDeadlines() {
      const struck = [...deadlines];
      deadlines.clear();
      for (const strike of struck) strike();
    },
    /** How many attempts are under way. */
    get deadlines() {
      return deadlines.size;
    },
    /** Lets time pass. */
    advance(ms: number) {
      skipped += ms;
    },
  };
}
