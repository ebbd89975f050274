import { describe, expect, it } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { testTokenStore } from "../testing/test-token-store.ts";
import { memoryStore } from "./memory-store.ts";

const subject = () => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  return { open: () => store, pass: (ms: number) => clock.advance(ms) };
};

describe("memoryStore", () => {
  for (const { name, run } of testTokenStore(subject)) it(name, run);

  it("keeps `max` entries and lets the least recently used go", async () => {
    const store = memoryStore({ max: 2 });
    await store.set("a", "1", 1000);
    await store.set("b", "2", 1000);
    await store.get("a");
    await store.set("c", "3", 1000);
    expect(await Promise.all(["a", "b", "c"].map((key) => store.get(key)))).toEqual(["1", undefined, "3"]);
  });

  it("lets an entry go at the very tick at which its lifetime ends", async () => {
    const clock = fakeClock();
    const store = memoryStore({ clock });
    await store.set("a", "1", 1000);
    await clock.advance(999);
    expect(await store.get("a")).toBe("1");
    await clock.advance(1);
    expect(await store.get("a")).toBeUndefined();
  });

  it.each([[{ max: 0 }], [{ max: 1.5 }], [{ size: 3 }]])("refuses %j", (options) => {
    expect(() => memoryStore(options as never)).toThrow(TypeError);
  });
});
