import { refuseWithout } from "../argument-checks.ts";
import type { TokenStore } from "./token-store.ts";

/** A key that encrypts entries, and its name. */
export interface EncryptionKey {
  /** Written in plain text into each entry that this key encrypts: letters, digits, `-` and `_`. */
  readonly id: string;
  /** 32 random bytes, which are copied, or a `CryptoKey` to encrypt and decrypt with AES-GCM and 256 bits. */
  readonly key: Uint8Array | CryptoKey;
}

const ENTRY = /^v1\.([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const IV_BYTES = 12;
const KEY_BYTES = 32;
/** Precedes an entry that cannot be decrypted. Its text could be a token that another program stored in plain text. */
const UNOPENED = "not opened: ";

/**
 * Encrypts entries with AES-256-GCM before another store gets them, so that it never sees a token.
 *
 * The first key encrypts; any of them can decrypt. To rotate: put a new key second everywhere, then first, then drop the old
 * one after the longest lifetime of an entry. The store key is authenticated with the entry, so an entry moved to another
 * key cannot be decrypted. `get` returns such an entry as text that is not an entry: a token cache reports it as an event,
 * `store_failed`, asks the vendor and replaces it.
 *
 * @throws {TypeError} when `store` is not a token store, there is no key, two have the same id, an id has other characters,
 * or a key is neither 32 bytes nor a suitable `CryptoKey`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5116 RFC 5116}
 */
export function encryptedStore(store: TokenStore, keys: readonly EncryptionKey[]): TokenStore {
  refuseWithout(["get", "set", "delete", "lock"], "store", store);
  checkKeys(keys);
  const first = keys[0].id;
  const known = new Map(keys.map((key) => [key.id, imported(key)]));

  const seal = async (key: string, entry: string) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const cipher = await crypto.subtle.encrypt(parameters(key, iv), await keyOf(first), encode(entry));
    return `v1.${first}.${toBase64url(iv)}.${toBase64url(new Uint8Array(cipher))}`;
  };

  const open = async (key: string, sealed: string) => {
    const [, id = "", iv = "", cipher = ""] = ENTRY.exec(sealed) ?? [];
    if (!known.has(id)) return UNOPENED + sealed;
    try {
      const plain = await crypto.subtle.decrypt(
        parameters(key, fromBase64url(iv)),
        await keyOf(id),
        fromBase64url(cipher),
      );
      return new TextDecoder().decode(plain);
    } catch {
      return UNOPENED + sealed;
    }
  };

  const keyOf = (id: string) => known.get(id)?.() as Promise<CryptoKey>;

  const find = async (key: string) => {
    const sealed = await store.get(key);
    return sealed === undefined ? {} : { sealed, entry: await open(key, sealed) };
  };

  return {
    get: async (key) => (await find(key)).entry,
    set: async (key, entry, lifetime) => store.set(key, await seal(key, entry), lifetime),
    delete: async (key, entry) => {
      // Encrypting the same entry twice gives different text, so compare with what is stored now.
      const found = await find(key);
      if (found.sealed !== undefined && found.entry === entry) await store.delete(key, found.sealed);
    },
    lock: (key, lifetime) => store.lock(key, lifetime),
  };
}

function checkKeys(
  keys: readonly EncryptionKey[],
): asserts keys is readonly [EncryptionKey, ...EncryptionKey[]] {
  const ids = new Set<unknown>();
  const refuse = (received: string) => {
    throw new TypeError(
      `keys: expected at least one key, each with its own id, such as [{ id: "2026-01", key }], received ${received}`,
    );
  };
  if (!Array.isArray(keys)) refuse(kindOf(keys));
  if (keys.length === 0) refuse("none");
  for (const key of keys) {
    checkKey(key ?? {});
    if (ids.has(key.id)) refuse(`two with the id ${JSON.stringify(key.id)}`);
    ids.add(key.id);
  }
}

function checkKey({ id, key }: EncryptionKey): void {
  if (typeof id !== "string" || !/^[\w-]+$/.test(id)) {
    throw new TypeError(
      `keys: expected an id of letters, digits, - and _, such as "2026-01", received ${kindOf(id)}`,
    );
  }
  if (isBytes(key) ? key.length === KEY_BYTES : isAes256Gcm(key)) return;
  const received = isBytes(key)
    ? `${key.length} bytes`
    : key?.algorithm
      ? "one for something else"
      : kindOf(key);
  throw new TypeError(
    `keys: expected ${KEY_BYTES} random bytes for key ${JSON.stringify(id)}, or a CryptoKey to encrypt and decrypt with AES-GCM and 256 bits, received ${received}`,
  );
}

/** A test runner's realm has its own `Uint8Array`. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}

function isAes256Gcm(key: CryptoKey | undefined): boolean {
  const { name, length } = (key?.algorithm ?? {}) as Partial<AesKeyAlgorithm>;
  const uses = (["encrypt", "decrypt"] as const).every((usage) => key?.usages?.includes(usage));
  return name === "AES-GCM" && length === KEY_BYTES * 8 && uses;
}

/** Names the kind of a value, not the value: a refused id may be a key in the wrong place. */
function kindOf(value: unknown): string {
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (value === undefined || value === null) return String(value);
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Imports a key when it is first needed. */
function imported({ key }: EncryptionKey): () => Promise<CryptoKey> {
  if (!isBytes(key)) return async () => key;
  // Neither a Buffer's own `slice` nor a slice of shared memory would be a copy that can be imported.
  const bytes = new Uint8Array(key);
  let result: Promise<CryptoKey> | undefined;
  return () => {
    result ??= crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    return result;
  };
}

function parameters(key: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: encode(key) };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
