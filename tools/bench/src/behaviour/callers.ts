import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../subjects.ts";
import { moveClock, type Programs } from "./program.ts";

/** Number of concurrent callers. */
function callAtOnce({ getToken }: Client, callers: number): Promise<PromiseSettledResult<string>[]> {
  return Promise.allSettled(Array.from({ length: callers }, () => getToken()));
}

const errorsIn = (settled: readonly PromiseSettledResult<string>[]) =>
  settled.filter(({ status }) => status === "rejected").length;

/** How many token requests it takes to serve many callers. */
export const callers: Programs = {
  "cold-callers": {
    run: async ({ create }) => ({ errors: errorsIn(await callAtOnce(create(), 50)) }),
    cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors ? ` (${errors} failed)` : ""}`,
  },
  "late-401s": {
    async run({ create, resource, control }) {
      const { getToken, request } = create();
      await getToken();
      await control({ oldestAccepted: 2 });
      const send = request?.(fetch);
      // Each is refused 100 ms after the previous one, which by then has long been given a new token.
      const calls = Array.from({ length: 10 }, (_, i) => send?.(`${resource}?delay=${100 * i}`));
      const settled = await Promise.allSettled(calls);
      await sleep(200);
      const accepted = settled.filter((call) => call.status === "fulfilled" && call.value?.status === 200);
      return { refused: calls.length - accepted.length };
    },
    cell: ({ refused }, { tokenRequests }) => `${tokenRequests - 1} / ${refused}`,
  },
  "bad-secret": {
    async run({ create }) {
      const client = create();
      let errors = 0;
      for (let i = 0; i < 20; i++) await client.getToken().catch(() => errors++);
      return { errors };
    },
    cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors === 20 ? "" : ` (${errors} errors)`}`,
  },
  expiry: {
    async run({ create }) {
      const client = create();
      const first = await client.getToken();
      moveClock(3601_000);
      const settled = await callAtOnce(client, 100);
      const expired = settled.filter((call) => call.status === "fulfilled" && call.value === first).length;
      return { errors: errorsIn(settled), expired };
    },
    cell: ({ errors, expired }, { tokenRequests }) =>
      `${tokenRequests - 1} / ${expired}${errors ? ` (${errors} failed)` : ""}`,
  },
};
