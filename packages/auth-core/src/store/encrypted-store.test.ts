import { describe, expect, it } from "vitest";
import { during, fleet, HOUR } from "../../test-support/fleet.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { testTokenStore } from "../testing/test-token-store.ts";
import { type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
import { memoryStore } from "./memory-store.ts";
import type { TokenStore } from "./token-store.ts";

const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const one: EncryptionKey = { id: "one", key: bytes(1) };
const two: EncryptionKey = { id: "two", key: bytes(2) };

const subject = () => {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  return { open: () => encryptedStore(store, [one]), pass: (ms: number) => clock.advance(ms) };
};

describe("encryptedStore", () => {
  for (const { name, run } of testTokenStore(subject)) it(name, run);

  it("shows the store beneath neither the entry nor the same text twice", async () => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, [one]);
    await store.set("key", "SECRET", 1000);
    const first = await beneath.get("key");
    await store.set("key", "SECRET", 1000);
    expect(first).toMatch(/^v1\.one\./);
    expect(first).not.toContain("SECRET");
    expect(await beneath.get("key")).not.toBe(first);
  });

  it("rotates keys without a gap: the first seals, all open", async () => {
    const beneath = memoryStore();
    await encryptedStore(beneath, [one]).set("key", "old", 1000);
    const during = encryptedStore(beneath, [two, one]);
    expect(await during.get("key")).toBe("old");
    await during.set("key", "new", 1000);
    expect(await encryptedStore(beneath, [one, two]).get("key")).toBe("new");
    expect(await encryptedStore(beneath, [two]).get("key")).toBe("new");
    expect(await encryptedStore(beneath, [one]).get("key")).not.toBe("new");
  });

  const damages: [string, (sealed: string) => string][] = [
    ["a flipped bit", (sealed) => sealed.slice(0, -2) + (sealed.at(-2) === "A" ? "B" : "A") + sealed.at(-1)],
    ["another version", (sealed) => sealed.replace("v1.", "v2.")],
    ["an unknown key", (sealed) => sealed.replace(".one.", ".three.")],
    ["another store key", () => sealedForAnother],
    ["plain text", () => token("planted")],
    ["nothing", () => ""],
    ["half of it", (sealed) => sealed.slice(0, sealed.length / 2)],
  ];
  const token = (accessToken: string) =>
    JSON.stringify({
      version: 1,
      key: "acme:1",
      requestedAt: 0,
      tokenType: "Bearer",
      expiresAt: 9e15,
      accessToken,
    });
  let sealedForAnother = "";
  const filled = async (damage: (sealed: string) => string, beneath: TokenStore) => {
    const store = encryptedStore(beneath, [one]);
    await store.set("acme:2", token("another's"), HOUR);
    sealedForAnother = (await beneath.get("acme:2")) ?? "";
    await store.set("acme:1", token("sealed"), HOUR);
    await beneath.set("acme:1", damage((await beneath.get("acme:1")) ?? ""), HOUR);
    return store;
  };

  it.each(damages)(
    "gives an entry with %s back as something that is not an entry, and deletes that only",
    async (_name, damage) => {
      const beneath = memoryStore();
      const store = await filled(damage, beneath);
      const found = (await store.get("acme:1")) ?? "";
      expect(() => JSON.parse(found)).toThrow(SyntaxError);
      await store.delete("acme:1", token("sealed"));
      expect(await store.get("acme:1")).toBe(found);
      await store.delete("acme:1", found);
      expect(await store.get("acme:1")).toBeUndefined();
    },
  );

  it.each(damages)(
    "with an entry with %s costs a cache one request and one event, and the entry is replaced",
    async (_name, damage) => {
      const { clock, asked, process, events, store: beneath } = fleet();
      const store = await filled(damage, beneath);
      expect((await during(clock, process({ store }).getToken())).accessToken).toBe("t1");
      expect((await during(clock, process({ store }).getToken())).accessToken).toBe("t1");
      expect(asked).toHaveLength(1);
      expect(events.filter(({ type }) => type === "store_failed")).toEqual([
        { type: "store_failed", operation: "get", error: expect.any(Error) },
      ]);
    },
  );

  it("without the key that sealed an entry replaces it under its own", async () => {
    const { clock, asked, process, events, store: beneath } = fleet();
    await during(clock, process({ store: encryptedStore(beneath, [one]) }).getToken());
    const store = encryptedStore(beneath, [two]);
    expect((await during(clock, process({ store }).getToken())).accessToken).toBe("t2");
    expect((await during(clock, process({ store }).getToken())).accessToken).toBe("t2");
    expect(asked).toHaveLength(2);
    expect(events.filter(({ type }) => type === "store_failed")).toHaveLength(1);
    expect(await beneath.get("acme:1")).toMatch(/^v1\.two\./);
  });
});
