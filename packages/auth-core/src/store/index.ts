/**
 * Stores in which several processes keep one token: in memory, encrypted, and the interface for a store of your own.
 *
 * @module
 */
export { type EncryptionKey, encryptedStore } from "./encrypted-store.ts";
export { type MemoryStoreOptions, memoryStore } from "./memory-store.ts";
export type { TokenStore, TokenStoreLock } from "./token-store.ts";
