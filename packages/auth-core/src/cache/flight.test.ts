import { describe, expect, it, vi } from "vitest";
import { startFlight } from "./flight.ts";

function controlled({ background = false } = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const abandoned = vi.fn();
  let signal: AbortSignal | undefined;
  const flight = startFlight(
    (given) => {
      signal = given;
      return promise;
    },
    background,
    abandoned,
  );
  return { flight, resolve, reject, abandoned, aborted: () => signal?.aborted };
}

describe("a flight", () => {
  it("gives every caller the same result", async () => {
    const { flight, resolve } = controlled();
    const both = Promise.all([flight.join(), flight.join(new AbortController().signal)]);
    resolve("token");
    expect(await both).toEqual(["token", "token"]);
  });

  it("ends only the wait of the caller who aborts", async () => {
    const { flight, resolve, abandoned } = controlled();
    const leaving = new AbortController();
    const first = flight.join(leaving.signal);
    const second = flight.join(new AbortController().signal);
    leaving.abort(new Error("first left"));
    await expect(first).rejects.toThrow("first left");
    resolve("token");
    expect(await second).toBe("token");
    expect(abandoned).not.toHaveBeenCalled();
  });

  it("is cancelled when the last caller leaves", async () => {
    const { flight, abandoned, aborted } = controlled();
    const callers = [new AbortController(), new AbortController()];
    const waits = callers.map(({ signal }) => flight.join(signal).catch((error: unknown) => error));
    await Promise.resolve();
    callers[0]?.abort();
    expect(aborted()).toBe(false);
    callers[1]?.abort();
    expect(aborted()).toBe(true);
    expect(abandoned).toHaveBeenCalledOnce();
    await Promise.all(waits);
  });

  it("goes on without callers in the background", async () => {
    const { flight, abandoned, aborted } = controlled({ background: true });
    const caller = new AbortController();
    const wait = flight.join(caller.signal);
    await Promise.resolve();
    caller.abort(new Error("left"));
    await expect(wait).rejects.toThrow("left");
    expect(aborted()).toBe(false);
    expect(abandoned).not.toHaveBeenCalled();
  });

  it("rejects like any other when the work throws at once", async () => {
    const flight = startFlight<string>(
      () => {
        throw new Error("at once");
      },
      false,
      () => {},
    );
    await expect(flight.join()).rejects.toThrow("at once");
  });

  it("leaves no listener on a caller's signal", async () => {
    const { flight, resolve } = controlled();
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, "removeEventListener");
    const wait = flight.join(signal);
    resolve("token");
    await wait;
    await Promise.resolve();
    expect(remove).toHaveBeenCalledOnce();
  });
});
