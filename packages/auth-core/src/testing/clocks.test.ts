import { describe, expect, it } from "vitest";
import { sleep, systemClock } from "../clock.ts";
import { fakeClock } from "./fake-clock.ts";

describe("the machine's clock", () => {
  it("does not overflow: a delay beyond 2^31 ms is not over immediately", async () => {
    let called = false;
    const cancel = systemClock.after(2 ** 40, () => {
      called = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    cancel();
    expect(called).toBe(false);
  });

  it("calls back once, immediately for a delay that is over already", async () => {
    expect(await new Promise((resolve) => systemClock.after(-5, () => resolve("called")))).toBe("called");
  });

  it("tells the wall clock's time", () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
  });
});

describe("sleep", () => {
  it("is over at the very tick", async () => {
    const clock = fakeClock();
    let over = false;
    const wait = sleep(clock, 1000, new AbortController().signal).then(() => {
      over = true;
    });
    await clock.advance(999);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
    await wait;
  });

  it("ends with the signal's reason, before or during the wait, and leaves no timer", async () => {
    const clock = fakeClock();
    await expect(sleep(clock, 1000, AbortSignal.abort(new Error("before")))).rejects.toThrow("before");
    const controller = new AbortController();
    const wait = sleep(clock, 1000, controller.signal);
    controller.abort(new Error("during"));
    await expect(wait).rejects.toThrow("during");
    expect(clock.pending).toBe(0);
  });
});
