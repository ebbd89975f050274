import { setTimeout as sleep } from "node:timers/promises";
import { moveClock } from "../moved-clock.ts";
import { type Scenario, SECRET } from "../scenario.ts";

const CALLS = 60;
/** Seconds. */
const LIFETIME = 600;
/**
 * How old the token is when the outage begins. Of a lifetime of 10 min 80 % is over and 2 min are left a second later,
 * so that every library with an early renewal has begun it; the outage ends before the last minute, our own leeway.
 */
const AGE = 479_400;
const LONGEST_WAIT = 10_000;
const AFTERMATH = 5000;

export const scenario: Scenario = {
  id: "outage",
  title:
    "503 for 60 s, token valid for 120 s: errors in 60 calls / token requests / unhandled rejections until the token ends",
  needs: ["cache"],
  script: { lifetime: LIFETIME },
  async run({ subject, url, control }) {
    const client = await subject.create({ url, secret: SECRET });
    const requested = performance.now();
    await client.getToken();
    await control({ status: 503 });
    const start = performance.now();
    moveClock(AGE - (start - requested));
    let waiting = CALLS;
    let errors = 0;
    const call = () =>
      client
        .getToken()
        .catch(() => errors++)
        .finally(() => waiting--);
    for (let second = 0; second < CALLS; second++) {
      await sleep(Math.max(0, start + second * 1000 - performance.now()));
      call();
    }
    await sleep(Math.max(0, start + CALLS * 1000 - performance.now()));
    const end = performance.now() + LONGEST_WAIT;
    do await sleep(20);
    while (waiting > 0 && performance.now() < end);
    const seen = await control({});
    const result = { errors: errors + waiting, requests: seen.tokenRequests - 1 };
    // What a library still does in the background meets the end of the token, too.
    moveClock(LIFETIME * 1000 - AGE);
    await sleep(AFTERMATH);
    return result;
  },
  cell: ({ errors, requests, unhandledRejections }) => `${errors} / ${requests} / ${unhandledRejections}`,
  ideal: "0 / 2 / 0",
};
