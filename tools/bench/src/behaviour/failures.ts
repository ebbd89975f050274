import { setTimeout as sleep } from "node:timers/promises";
import { moveClock, type Programs } from "./program.ts";

const CALLS = 60;
const LONGEST_WAIT = 10_000;
const AFTERMATH = 5000;

/** What callers notice when a vendor is down, and when another caller gives up. */
export const failures: Programs = {
  outage: {
    async run({ create, script, control }) {
      const lifetime = Number(script.lifetime) * 1000;
      // A second later, 80 % of its 10 min are over and 2 min are left, so that every library with an early renewal
      // has begun it; the outage ends before the last minute, which is our own leeway.
      const age = 0.8 * lifetime - 600;
      const client = create();
      const requested = performance.now();
      await client.getToken();
      await control({ status: 503 });
      const start = performance.now();
      const sleepUntil = (moment: number) => sleep(Math.max(0, moment - performance.now()));
      moveClock(age - (start - requested));
      let waiting = CALLS;
      let errors = 0;
      const call = () =>
        client
          .getToken()
          .catch(() => errors++)
          .finally(() => waiting--);
      for (let second = 0; second < CALLS; second++) {
        await sleepUntil(start + second * 1000);
        call();
      }
      await sleepUntil(start + CALLS * 1000);
      const end = performance.now() + LONGEST_WAIT;
      do await sleep(20);
      while (waiting > 0 && performance.now() < end);
      const seen = await control({});
      const result = { errors: errors + waiting, requests: seen.tokenRequests - 1 };
      // A library's work in the background meets the token's expiry, too.
      moveClock(lifetime - age);
      await sleep(AFTERMATH);
      return result;
    },
    cell: ({ errors, requests, unhandledRejections }) => `${errors} / ${requests} / ${unhandledRejections}`,
  },
  abort: {
    async run({ create }) {
      const { getToken } = create();
      const first = new AbortController();
      const both = Promise.allSettled([getToken(first.signal), getToken()]);
      await sleep(100);
      first.abort();
      return { statuses: (await both).map(({ status }) => status) };
    },
    cell: ({ statuses }, { tokenRequests }) => {
      const [, second] = statuses as readonly string[];
      const got = second === "fulfilled" ? "the token" : "an error";
      return `${got}, ${tokenRequests} request${tokenRequests === 1 ? "" : "s"}`;
    },
  },
};
