/**
 * Helpers for tests of programs that use this package: time that stands still, and tokens without a vendor.
 *
 * @module
 */
export { type FakeClock, fakeClock } from "./testing/fake-clock.ts";
export {
  type ScriptedAnswer,
  type ScriptedTokenSource,
  scriptedTokenSource,
} from "./testing/scripted-token-source.ts";
export {
  type TokenStoreCheck,
  type TokenStoreSubject,
  testTokenStore,
} from "./testing/test-token-store.ts";
