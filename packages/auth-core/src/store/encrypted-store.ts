import type { TokenStore } from "./token-store.ts";

/** A key that seals entries, and its name. */
export interface EncryptionKey {
  /** Written in the clear into each entry that this key seals: letters, digits, `-` and `_`. */
  readonly id: string;
  /** 32 random bytes, or an AES-GCM `CryptoKey`. */
  readonly key: Uint8Array<ArrayBuffer> | CryptoKey;
}

const ENTRY = /^v1\.([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const IV_BYTES = 12;

/**
 * Seals entries with AES-256-GCM on their way into another store, so that it never sees a token.
 *
 * The first key seals; all of them open. To rotate: put a new key second everywhere, then first, then drop the old one
 * after the longest lifetime of an entry. The store key is authenticated with the entry, so an entry moved to another
 * key does not open. An entry that does not open is treated as absent.
 *
 * @throws {TypeError} when there is no key, two have one id, an id has other characters, or a key is not 32 bytes.
 * @see {@link https://www.rfc-editor.org/rfc/rfc5116 RFC 5116}
 */
export function encryptedStore(store: TokenStore, keys: readonly EncryptionKey[]): TokenStore {
  const known = new Map(keys.map((key) => [checkedKey(key).id, imported(key)]));
  const first = keys[0]?.id;
  if (first === undefined || known.size !== keys.length) {
    throw new TypeError("keys: expected at least one key, each with its own id");
  }

  const seal = async (key: string, entry: string) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const cipher = await crypto.subtle.encrypt(parameters(key, iv), await keyOf(first), encode(entry));
    return `v1.${first}.${toBase64url(iv)}.${toBase64url(new Uint8Array(cipher))}`;
  };

  const open = async (key: string, sealed: string) => {
    const [, id = "", iv = "", cipher = ""] = ENTRY.exec(sealed) ?? [];
    if (!known.has(id)) return undefined;
    try {
      const plain = await crypto.subtle.decrypt(
        parameters(key, fromBase64url(iv)),
        await keyOf(id),
        fromBase64url(cipher),
      );
      return new TextDecoder().decode(plain);
    } catch {
      return undefined;
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
      // Sealing the same entry twice gives different text, so what is there now decides.
      const found = await find(key);
      if (found.sealed !== undefined && found.entry === entry) await store.delete(key, found.sealed);
    },
    lock: (key, lifetime) => store.lock(key, lifetime),
  };
}

function checkedKey({ id, key }: EncryptionKey): EncryptionKey {
  if (!/^[\w-]+$/.test(id))
    throw new TypeError(`keys: expected an id of letters, digits, - and _, received ${JSON.stringify(id)}`);
  if (key instanceof Uint8Array && key.length !== 32) {
    throw new TypeError(`keys: expected 32 random bytes for key ${id}, received ${key.length}`);
  }
  return { id, key };
}

/** Imports a key when it is first needed. */
function imported({ key }: EncryptionKey): () => Promise<CryptoKey> {
  if (!(key instanceof Uint8Array)) return async () => key;
  const bytes = key.slice();
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
