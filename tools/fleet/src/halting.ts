import { existsSync, rmSync } from "node:fs";
import type { TokenStore } from "@org/auth-core/store";
import type { CacheSetup, Step } from "./messages.ts";

/** Comes after a step: goes on, or never does. */
export type Come = (step: Step) => Promise<void>;

/** Halts after one step, once the file is there; removing it tells whoever put it there. */
export function haltAfter(setup: CacheSetup["haltAfter"]): Come {
  return async (step) => {
    if (step !== setup?.step || !existsSync(setup.file)) return;
    rmSync(setup.file);
    await new Promise<never>(() => {});
  };
}

/** A store whose user may be halted after each access. */
export function haltingStore(store: TokenStore, come: Come): TokenStore {
  return {
    ...store,
    get: async (key) => {
      const entry = await store.get(key);
      await come("look");
      return entry;
    },
    set: async (...entry) => {
      await store.set(...entry);
      await come("stored");
    },
    lock: async (...wanted) => {
      const lock = await store.lock(...wanted);
      if (!lock) return lock;
      await come("lock");
      const release = async () => {
        await lock.release();
        await come("released");
      };
      return { ...lock, release, extend: (lifetime) => lock.extend(lifetime) };
    },
  };
}
