const RealDate = Date;
let ahead = 0;

/**
 * Sets this process's wall clock forward, as an operator would. Timers and the monotonic clock run on.
 *
 * Waiting an hour for a token to expire would tell the same and take an hour.
 */
export function moveClock(ms: number): void {
  ahead += ms;
  if (globalThis.Date !== RealDate) return;
  globalThis.Date = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [RealDate.now() + ahead]) as [number]));
    }
    static override now(): number {
      return RealDate.now() + ahead;
    }
  } as DateConstructor;
}
