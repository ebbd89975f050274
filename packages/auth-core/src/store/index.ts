/**
 * Where several processes keep one token: a store in memory, one that encrypts, and what a store of your own implements.
 *
 * @module
 */
export { type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
export { type MemoryStoreOptions, memoryStore } from "./memory-store.ts";
export type { TokenStore, TokenStoreLock } from "./token-store.ts";
