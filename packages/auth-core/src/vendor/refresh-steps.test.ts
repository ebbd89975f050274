import { describe, expect, it } from "vitest";
import { during } from "../../test-support/fleet.ts";
import { credentialsFor, rotatingVendor } from "../../test-support/rotating-vendor.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { TokenStore } from "../store/token-store.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import type { TokenRequestError } from "../token-request-error.ts";

const HOUR = 3_600_000;
const grants = ["authorization_code", "client_credentials"] as const;
const alone = ["credentials", "sent", "acted"] as const;
const sharing = [...alone, "look", "lock", "look again", "store", "release"] as const;
type Step = (typeof sharing)[number];

/** Delays the first caller that reaches one step of a refresh. */
function gate() {
  let wanted: Step | undefined;
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    hold: (step: Step) => {
      wanted = step;
    },
    reached: reached.promise,
    open: opened.resolve,
    come: async (...steps: Step[]) => {
      if (!wanted || !steps.includes(wanted)) return;
      wanted = undefined;
      reached.resolve();
      await opened.promise;
    },
  };
}

function gated(store: TokenStore, come: (...steps: Step[]) => Promise<void>): TokenStore {
  let isLocked = false;
  return {
    ...store,
    get: async (key) => {
      const entry = await store.get(key);
      await come(isLocked ? "look again" : "look");
      return entry;
    },
    set: async (...entry) => {
      await come("store");
      await store.set(...entry);
    },
    lock: async (...wanted) => {
      const lock = await store.lock(...wanted);
      isLocked = lock !== undefined;
      await come("lock");
      return (
        lock && {
          ...lock,
          release: async () => {
            isLocked = false;
            await come("release");
            await lock.release();
          },
        }
      );
    },
  };
}

const settled = (wait: Promise<unknown>) =>
  wait.then(
    () => "a token",
    ({ code, message }: TokenRequestError) => code ?? message,
  );

/** When a step is given up, in milliseconds. */
const deadlineOf = (step: Step) =>
  ({ credentials: 60_000, sent: 10_000, acted: 10_000 })[step as "sent"] ?? 1000;

describe.each(grants)("a refresh, after the grant %s,", (grant) => {
  describe.each(["its caller leaves", "its caller leaves, and which takes long", "a deadline passes"])(
    "during which %s",
    (interruption) => {
      it.each([
        ...alone.map((step) => ["without a store", step] as const),
        ...sharing.map((step) => ["with a store", step] as const),
      ])("%s, at the step %j, has no refresh token sent twice", async (place, step) => {
        const clock = fakeClock();
        const { hold, reached, open, come } = gate();
        const vendor = rotatingVendor(clock, (at) => come(at));
        const store = memoryStore({ clock });
        const credentials = async () => {
          await come("credentials");
          return credentialsFor[grant];
        };
        const isShared = place === "with a store";
        const one = vendor.cache(credentials, isShared ? { store: gated(store, come) } : {});
        const others = isShared ? [vendor.cache(credentialsFor[grant], { store })] : [];
        const all = [one, ...others];
        for (const tokens of all) await during(clock, tokens.getToken());

        await clock.advance(HOUR);
        hold(step);
        const leaving = new AbortController();
        const first = settled(one.getToken({ signal: leaving.signal }));
        await reached;
        if (interruption === "a deadline passes") await clock.advance(deadlineOf(step));
        else leaving.abort(new Error("left"));
        const meanwhile = all.map((tokens) => settled(tokens.getToken()));
        // Longer than others wait for the lock, or not.
        await clock.advance(interruption === "its caller leaves" ? 500 : 5000);
        open();
        await during(clock, Promise.all([first, ...meanwhile]));

        const outcomes: string[] = [];
        for (let renewal = 0; renewal < 2; renewal++) {
          await clock.advance(HOUR);
          for (const tokens of all) outcomes.push(await settled(during(clock, tokens.getToken())));
        }
        expect(vendor.reused).toEqual([]);
        // Where no response came after all, only a person can help.
        const isLost = interruption === "a deadline passes" && (step === "sent" || step === "acted");
        if (!isLost || grant !== "authorization_code")
          expect(new Set(outcomes)).toEqual(new Set(["a token"]));
      });
    },
  );
});

it("a renewal that was given up sends nothing when its credentials are there at last", async () => {
  const clock = fakeClock();
  const { hold, reached, open, come } = gate();
  const vendor = rotatingVendor(clock);
  const tokens = vendor.cache(async () => {
    await come("credentials");
    return credentialsFor.client_credentials;
  });
  hold("credentials");
  const waiting = settled(tokens.getToken());
  await reached;
  await clock.advance(60_000);
  expect(await waiting).toBe("timeout");
  open();
  await clock.advance(1000);
  expect(vendor.requests).toEqual([]);
});

it.each([
  ["authorization_code", "timeout", "r2"],
  ["client_credentials", "a token", "r3"],
] as const)(
  "a refresh token that a dropped renewal has under way is not sent: %s",
  async (grant, outcome, last) => {
    const clock = fakeClock();
    const { hold, reached, open, come } = gate();
    let delay = 0;
    const vendor = rotatingVendor(clock, (at) => come(at));
    const tokens = vendor.cache(async () => {
      await new Promise<void>((resolve) => clock.after(delay, resolve));
      return credentialsFor[grant];
    });
    await during(clock, tokens.getToken());
    await clock.advance(HOUR);
    hold("acted");
    delay = 55_000;
    const waiting = settled(tokens.getToken());
    await clock.advance(0);
    await clock.advance(55_000);
    await reached;
    await clock.advance(5000);
    expect(await waiting).toBe("timeout");
    delay = 0;
    expect(await settled(during(clock, tokens.getToken()))).toBe(outcome);
    open();
    await clock.advance(0);
    await clock.advance(HOUR);
    expect(await settled(during(clock, tokens.getToken()))).toBe("a token");
    expect(vendor.requests.at(-1)?.refreshToken).toBe(last);
    expect(vendor.reused).toEqual([]);
  },
);
