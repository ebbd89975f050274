import { describe, expect, it } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { testTokenStore } from "../testing/test-token-store.ts";
import { type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
import { memoryStore } from "./memory-store.ts";

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

  it("shows the store beneath neither the entry nor twice the same text", async () => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, [one]);
    await store.set("key", "SECRET", 1000);
    const first = await beneath.get("key");
    await store.set("key", "SECRET", 1000);
    expect(first).toMatch(/^v1\.one\./);
    expect(first).not.toContain("SECRET");
    expect(await beneath.get("key")).not.toBe(first);
  });

  it("takes a CryptoKey, too", async () => {
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    const store = encryptedStore(memoryStore(), [{ id: "k", key }]);
    await store.set("key", "entry", 1000);
    expect(await store.get("key")).toBe("entry");
  });

  it("rotates keys without a gap: the first seals, all open", async () => {
    const beneath = memoryStore();
    await encryptedStore(beneath, [one]).set("key", "old", 1000);
    const during = encryptedStore(beneath, [two, one]);
    expect(await during.get("key")).toBe("old");
    await during.set("key", "new", 1000);
    expect(await encryptedStore(beneath, [one, two]).get("key")).toBe("new");
    expect(await encryptedStore(beneath, [two]).get("key")).toBe("new");
    expect(await encryptedStore(beneath, [one]).get("key")).toBeUndefined();
  });

  it.each<[string, (sealed: string) => string]>([
    ["a flipped bit", (sealed) => sealed.slice(0, -2) + (sealed.at(-2) === "A" ? "B" : "A") + sealed.at(-1)],
    ["another version", (sealed) => sealed.replace("v1.", "v2.")],
    ["an unknown key", (sealed) => sealed.replace(".one.", ".three.")],
    ["plain text", () => "plain text"],
    ["nothing", () => ""],
    ["half of it", (sealed) => sealed.slice(0, sealed.length / 2)],
  ])("treats an entry with %s as absent", async (_name, damage) => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, [one]);
    await store.set("key", "entry", 1000);
    await beneath.set("key", damage((await beneath.get("key")) ?? ""), 1000);
    expect(await store.get("key")).toBeUndefined();
    await store.delete("key", "entry");
  });

  it("treats an entry that was moved from another key as absent", async () => {
    const beneath = memoryStore();
    const store = encryptedStore(beneath, [one]);
    await store.set("mine", "entry", 1000);
    await beneath.set("yours", (await beneath.get("mine")) ?? "", 1000);
    expect(await store.get("yours")).toBeUndefined();
    expect(await store.get("mine")).toBe("entry");
  });

  it.each<[EncryptionKey[], string]>([
    [[], "keys: expected at least one key, each with its own id"],
    [[one, { id: "one", key: bytes(3) }], "keys: expected at least one key, each with its own id"],
    [[{ id: "k", key: new Uint8Array(16) }], "keys: expected 32 random bytes for key k, received 16"],
    [[{ id: "a.b", key: bytes(1) }], 'keys: expected an id of letters, digits, - and _, received "a.b"'],
  ])("refuses %#", (keys, message) => {
    expect(() => encryptedStore(memoryStore(), keys)).toThrow(new TypeError(message));
  });
});
