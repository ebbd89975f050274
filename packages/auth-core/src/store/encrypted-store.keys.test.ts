import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
import { memoryStore } from "./memory-store.ts";

const bytes = (fill: number) => new Uint8Array(32).fill(fill);
const one: EncryptionKey = { id: "one", key: bytes(1) };

const generated = (name: string, length: number, usages: KeyUsage[]) =>
  crypto.subtle.generateKey({ name, length }, false, usages);
const cbc = await generated("AES-CBC", 256, ["encrypt", "decrypt"]);
const short = await generated("AES-GCM", 128, ["encrypt", "decrypt"]);
const oneWay = await generated("AES-GCM", 256, ["encrypt"]);

it.each([
  [null, "null"],
  [{}, "one without get"],
])("encryptedStore refuses %j as a store", (store, received) => {
  expect(() => encryptedStore(store as never, [one])).toThrow(
    new TypeError(`store: expected an object with the methods get, set, delete, lock, received ${received}`),
  );
});

describe("the keys of encryptedStore", () => {
  it("may be a CryptoKey", async () => {
    const key = await generated("AES-GCM", 256, ["encrypt", "decrypt"]);
    const store = encryptedStore(memoryStore(), [{ id: "k", key }]);
    await store.set("key", "entry", 1000);
    expect(await store.get("key")).toBe("entry");
  });

  it("may be Buffers, which are copied", async () => {
    // A small Buffer is a window on memory that many share.
    const key: Buffer = Buffer.from(bytes(1));
    const beneath = memoryStore();
    const store = encryptedStore(beneath, [{ id: "one", key }]);
    key.fill(0);
    await store.set("key", "entry", 1000);
    expect(await encryptedStore(beneath, [one]).get("key")).toBe("entry");
  });

  it("may be bytes in shared memory", async () => {
    const key = new Uint8Array(new SharedArrayBuffer(32)).fill(1);
    const beneath = memoryStore();
    await encryptedStore(beneath, [{ id: "one", key }]).set("key", "entry", 1000);
    expect(await encryptedStore(beneath, [one]).get("key")).toBe("entry");
  });

  it("may be bytes of another realm, as test runners make them", async () => {
    const key: Uint8Array = runInNewContext("new Uint8Array(32).fill(1)");
    const beneath = memoryStore();
    await encryptedStore(beneath, [{ id: "one", key }]).set("key", "entry", 1000);
    expect(await encryptedStore(beneath, [one]).get("key")).toBe("entry");
  });

  const KEYS =
    'keys: expected at least one key, each with its own id, such as [{ id: "2026-01", key }], received';
  const ID = 'keys: expected an id of letters, digits, - and _, such as "2026-01", received';
  const KEY =
    'keys: expected 32 random bytes for key "k", or a CryptoKey to encrypt and decrypt with AES-GCM and 256 bits, received';
  it.each<[unknown, string]>([
    [[], `${KEYS} none`],
    [undefined, `${KEYS} undefined`],
    [one, `${KEYS} an object`],
    [[one, { id: "one", key: bytes(3) }], `${KEYS} two with the id "one"`],
    [[null], `${ID} undefined`],
    [[{ key: bytes(1) }], `${ID} undefined`],
    [[{ id: 7, key: bytes(1) }], `${ID} a number`],
    [[{ id: "a.b", key: bytes(1) }], `${ID} a string of 3 characters`],
    [[{ id: "", key: bytes(1) }], `${ID} a string of 0 characters`],
    [[{ id: "c2VjcmV0L3NlY3JldA==", key: "2026-01" }], `${ID} a string of 20 characters`],
    [[{ id: "k" }], `${KEY} undefined`],
    [[{ id: "k", key: "c2VjcmV0" }], `${KEY} a string of 8 characters`],
    [[{ id: "k", key: new Uint8Array(16) }], `${KEY} 16 bytes`],
    [[{ id: "k", key: new ArrayBuffer(32) }], `${KEY} an object`],
    [[{ id: "k", key: new Uint16Array(32) }], `${KEY} an object`],
    [[{ id: "k", key: {} }], `${KEY} an object`],
    [[{ id: "k", key: cbc }], `${KEY} one for something else`],
    [[{ id: "k", key: short }], `${KEY} one for something else`],
    [[{ id: "k", key: oneWay }], `${KEY} one for something else`],
  ])("are refused: %#", (keys, message) => {
    expect(() => encryptedStore(memoryStore(), keys as EncryptionKey[])).toThrow(new TypeError(message));
  });
});
