import { describe, expect, it } from "vitest";
import { cacheOf, codeOf, living, MINUTE, text } from "../../test-support/cache-of.ts";

describe("a flight's deadline", () => {
  const never = () => new Promise<never>(() => {});

  it("ends the wait of callers after a minute, to the tick, and the next caller starts anew", async () => {
    const { tokens, clock, source, events } = cacheOf((clock) => [never, living(clock, "b")]);
    let outcome = "waiting";
    codeOf(tokens.getToken()).then((code) => {
      outcome = code;
    });
    await clock.advance(MINUTE - 1);
    expect(outcome).toBe("waiting");
    await clock.advance(1);
    expect(outcome).toBe("timeout");
    expect(source.requests[0]?.signal.aborted).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "failed", background: false });
    expect(await text(tokens)).toBe("b");
  });

  it("clears a background renewal that hangs, so that nobody joins it", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [living(clock, "a"), never, living(clock, "b")]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(await text(tokens)).toBe("a");
    await clock.advance(12 * MINUTE);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(3);
  });

  it("leaves no timer behind when the source was in time", async () => {
    const { tokens, clock } = cacheOf((clock) => [living(clock, "a")]);
    const wait = tokens.getToken();
    expect(clock.pending).toBe(1);
    await wait;
    expect(clock.pending).toBe(0);
  });

  it("does not lose the token that comes after it", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, clock, source } = cacheOf((clock) => [() => gate.promise.then(living(clock, "late"))]);
    const wait = codeOf(tokens.getToken());
    await clock.advance(MINUTE);
    expect(await wait).toBe("timeout");
    gate.resolve();
    await clock.advance(0);
    expect(await text(tokens)).toBe("late");
    expect(source.requests).toHaveLength(1);
  });

  it("does not let a late token replace one that was requested after it", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, clock } = cacheOf((clock) => [
      () => gate.promise.then(living(clock, "late")),
      living(clock, "b"),
    ]);
    const wait = codeOf(tokens.getToken());
    await clock.advance(MINUTE);
    await wait;
    expect(await text(tokens)).toBe("b");
    gate.resolve();
    await clock.advance(0);
    expect(await text(tokens)).toBe("b");
  });
});
