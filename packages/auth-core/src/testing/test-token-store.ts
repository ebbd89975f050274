import type { TokenStore } from "../store/token-store.ts";

/** One check of a token store: what must hold, and a function that rejects when it does not. */
export interface TokenStoreCheck {
  readonly name: string;
  run(): Promise<void>;
}

/** How `testTokenStore` accesses the store under test. */
export interface TokenStoreSubject {
  /** An empty store; a second call returns another handle to the same entries and locks, as another process would have. */
  open(): TokenStore | Promise<TokenStore>;
  /** Lets this many milliseconds pass for the store: moves its clock, or waits. */
  pass(ms: number): Promise<void>;
}

/** Short, since a store without a movable clock has to wait for it. */
const SHORT = 200;
const LONG = 60_000;

/**
 * The conformance suite for token stores, as a list of checks for any test framework:
 *
 * `for (const { name, run } of testTokenStore(subject)) it(name, run);`
 *
 * `subject` makes a separate store for every check: it is called with the check's number.
 */
export function testTokenStore(subject: (check: number) => TokenStoreSubject): TokenStoreCheck[] {
  return CHECKS.map(([name, check], number) => ({
    name,
    run: async () => {
      const { open, pass } = subject(number);
      await check(await open(), await open(), pass);
    },
  }));
}

type Check = (store: TokenStore, other: TokenStore, pass: (ms: number) => Promise<void>) => Promise<void>;

const CHECKS: readonly (readonly [name: string, check: Check])[] = [
  [
    "has nothing at first",
    async (store) => {
      same(await store.get("key"), undefined, "get of an absent key");
      await store.delete("key", "entry");
    },
  ],
  [
    "gives back what was set, to other handles too, and only under its key",
    async (store, other) => {
      const entry = '{"text":"ünïcödé \\u0000 \\n","quote":"\\""}';
      await store.set("key", entry, LONG);
      same(await store.get("key"), entry, "get");
      same(await other.get("key"), entry, "get by another handle");
      same(await other.get("other key"), undefined, "get of another key");
    },
  ],
  [
    "takes keys of any characters, and keeps them apart",
    async (store) => {
      const keys = ["a:b", "a/b", "a b", "../a", "A:B", "ü", "a".repeat(200)];
      for (const key of keys) await store.set(key, key, LONG);
      for (const key of keys) same(await store.get(key), key, `get of ${JSON.stringify(key)}`);
    },
  ],
  [
    "replaces an entry",
    async (store, other) => {
      await store.set("key", "one", LONG);
      await other.set("key", "two", LONG);
      same(await store.get("key"), "two", "get after two sets");
    },
  ],
  [
    "forgets an entry when its lifetime is over",
    async (store, _other, pass) => {
      await store.set("key", "entry", SHORT);
      await pass(SHORT + 50);
      same(await store.get("key"), undefined, "get after the lifetime");
    },
  ],
  [
    "counts the lifetime from the last set",
    async (store, _other, pass) => {
      await store.set("key", "one", SHORT);
      await store.set("key", "two", LONG);
      await pass(SHORT + 50);
      same(await store.get("key"), "two", "get after the first lifetime");
    },
  ],
  [
    "deletes an entry only if it is still the one named",
    async (store, other) => {
      await store.set("key", "new", LONG);
      await other.delete("key", "old");
      same(await store.get("key"), "new", "get after deleting another entry");
      await other.delete("key", "new");
      same(await store.get("key"), undefined, "get after deleting the entry");
    },
  ],
  [
    "gives a lock to one owner at a time",
    async (store, other) => {
      const lock = await store.lock("key", LONG);
      truthy(lock, "the first lock");
      same(await other.lock("key", LONG), undefined, "a lock that somebody has");
      same(await store.lock("key", LONG), undefined, "a lock that this handle has");
      truthy(await other.lock("other key", LONG), "a lock of another name");
      await lock?.release();
      truthy(await other.lock("key", LONG), "a lock after its release");
    },
  ],
  [
    "keeps locks and entries apart",
    async (store) => {
      const lock = await store.lock("key", LONG);
      same(await store.get("key"), undefined, "get of a key that is locked");
      await store.set("key", "entry", LONG);
      await lock?.release();
      same(await store.get("key"), "entry", "get after the release");
    },
  ],
  [
    "frees a lock whose owner died when its lifetime is over",
    async (store, other, pass) => {
      await store.lock("key", SHORT);
      await pass(SHORT + 50);
      truthy(await other.lock("key", LONG), "a lock after its lifetime");
    },
  ],
  [
    "extends a lock that is still the owner's",
    async (store, other, pass) => {
      const lock = await store.lock("key", SHORT);
      same(await lock?.extend(LONG), true, "extend");
      await pass(SHORT + 50);
      same(await other.lock("key", LONG), undefined, "a lock that was extended");
    },
  ],
  [
    "neither releases nor extends a lock that has gone to another owner",
    async (store, other, pass) => {
      const late = await store.lock("key", SHORT);
      await pass(SHORT + 50);
      const owner = await other.lock("key", LONG);
      truthy(owner, "the next owner's lock");
      same(await late?.extend(LONG), false, "extend by the former owner");
      await late?.release();
      same(await store.lock("key", LONG), undefined, "a lock after its former owner released it");
      same(await owner?.extend(LONG), true, "extend by the owner");
    },
  ],
  [
    "gives a lock to one of many who ask at once",
    async (store, other) => {
      const asked = Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).lock("key", LONG));
      same((await Promise.all(asked)).filter(Boolean).length, 1, "owners");
    },
  ],
];

function same(received: unknown, expected: unknown, what: string): void {
  if (received === expected) return;
  throw new Error(`${what}: expected ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`);
}

function truthy(received: unknown, what: string): void {
  if (!received) throw new Error(`${what}: expected a lock, received ${received}`);
}
