import { memoryStore } from "@org/auth-core/store";
import { expect, test } from "vitest";
import { storeWithAccess } from "./store.ts";

test("every operation of a store and of its locks is reported and works as before", async () => {
  const told: string[] = [];
  const store = storeWithAccess(memoryStore(), (operation, access) => {
    told.push(operation);
    return access();
  });
  await store.set("key", "entry", 1000);
  expect(await store.get("key")).toBe("entry");
  const lock = await store.lock("key", 1000);
  expect(await store.lock("key", 1000)).toBeUndefined();
  expect(await lock?.extend(1000)).toBe(true);
  await lock?.release();
  await store.delete("key", "entry");
  expect(await store.get("key")).toBeUndefined();
  expect(told).toEqual(["set", "get", "lock", "lock", "extend", "release", "delete", "get"]);
});

test("an access that is refused fails the operation", async () => {
  const store = storeWithAccess(memoryStore(), () => Promise.reject(new Error("down")));
  await expect(store.get("key")).rejects.toThrow("down");
});
