import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "../subject.ts";
import { moveClock, type Scenario } from "./scenario.ts";

/** Number of concurrent callers. */
function callAtOnce({ getToken }: Client, callers: number): Promise<PromiseSettledResult<string>[]> {
  return Promise.allSettled(Array.from({ length: callers }, () => getToken()));
}

const errorsIn = (settled: readonly PromiseSettledResult<string>[]) =>
  settled.filter(({ status }) => status === "rejected").length;

/** How many token requests it takes to serve many callers. */
export const scenarios: readonly Scenario[] = [
  {
    id: "cold-callers",
    title: "50 cold callers: token requests",
    brief: "50 cold callers: token requests",
    needs: [],
    script: { lifetime: 3600, delay: 100 },
    run: async ({ create }) => ({ errors: errorsIn(await callAtOnce(create(), 50)) }),
    cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors ? ` (${errors} failed)` : ""}`,
    ideal: "1",
  },
  {
    id: "late-401s",
    title: "10 calls whose 401 arrives late: renewals / calls left with a 401",
    brief: "10 late 401s: renewals / calls left with a 401",
    needs: ["cache", "retry"],
    script: { lifetime: 3600 },
    async run({ create, resource, control }) {
      const client = create();
      await client.getToken();
      await control({ oldestAccepted: 2 });
      // Each is refused 100 ms after the previous one, which by then has long been given a new token.
      const calls = Array.from({ length: 10 }, (_, i) => client.call?.(`${resource}?delay=${100 * i}`));
      const statuses = await Promise.all(calls.map((call) => call?.catch(() => 401)));
      await sleep(200);
      return { refused: statuses.filter((status) => status !== 200).length };
    },
    cell: ({ refused }, { tokenRequests }) => `${tokenRequests - 1} / ${refused}`,
    ideal: "1 / 0",
  },
  {
    id: "bad-secret",
    title: "20 calls, one after another, with a bad secret: token requests",
    brief: "20 calls with a bad secret: token requests",
    needs: [],
    script: { status: 401 },
    async run({ create }) {
      const client = create();
      let errors = 0;
      for (let i = 0; i < 20; i++) await client.getToken().catch(() => errors++);
      return { errors };
    },
    cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors === 20 ? "" : ` (${errors} errors)`}`,
    ideal: "1",
  },
  {
    id: "expiry",
    title: "100 callers when the token has just expired: token requests / expired tokens handed out",
    needs: ["cache"],
    script: { lifetime: 3600, delay: 100 },
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
    ideal: "1 / 0",
  },
];
