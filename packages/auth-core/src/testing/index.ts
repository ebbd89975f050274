/**
 * Helpers for tests of programs that use this package: time that stands still, and tokens without a vendor.
 *
 * @module
 */
export { type FakeClock, fakeClock } from "./fake-clock.ts";
export {
  type ScriptedAnswer,
  type ScriptedTokenSource,
  scriptedTokenSource,
} from "./scripted-token-source.ts";
export {
  type TokenStoreCheck,
  type TokenStoreSubject,
  testTokenStore,
} from "./test-token-store.ts";
