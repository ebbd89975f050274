import { existsSync, rmSync } from "node:fs";
import type { TokenStore } from "@org/auth-core/store";
import { storeWithAccess } from "@org/measure/store";
import type { CacheSetup } from "./messages.ts";

/** Is called after a step or another access to the store; resolves, or never does. */
export type Come = (step: string) => Promise<void>;

/** Halts after one step if the file exists by then, and removes the file to signal that. */
export function haltAfter(setup: CacheSetup["haltAfter"]): Come {
  return async (step) => {
    if (step !== setup?.step || !existsSync(setup.file)) return;
    rmSync(setup.file);
    await new Promise<never>(() => {});
  };
}

/** A store whose user may be halted after each access. */
export function haltingStore(store: TokenStore, come: Come): TokenStore {
  return storeWithAccess(store, async (operation, access) => {
    const result = await access();
    const isLockRefused = operation === "lock" && result === undefined;
    if (!isLockRefused) await come(operation);
    return result;
  });
}
