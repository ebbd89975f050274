import { setTimeout as sleep } from "node:timers/promises";
import { type Scenario, SECRET } from "../scenario.ts";

const CALLS = 10;

export const scenario: Scenario = {
  id: "late-401s",
  title: "10 calls whose 401 arrives late: renewals / calls left with a 401",
  needs: ["cache", "retry"],
  script: { lifetime: 3600 },
  async run({ subject, url, control }) {
    const client = await subject.create({ url, secret: SECRET });
    await client.getToken();
    await control({ oldestAccepted: 2 });
    // Each is refused 100 ms after the one before, when that one has long been given a new token.
    const calls = Array.from({ length: CALLS }, (_, i) => client.call?.(`${url}/resource?delay=${100 * i}`));
    const statuses = await Promise.all(calls.map((call) => call?.catch(() => 401)));
    await sleep(200);
    return { refused: statuses.filter((status) => status !== 200).length };
  },
  cell: ({ refused }, { tokenRequests }) => `${tokenRequests - 1} / ${refused}`,
  ideal: "1 / 0",
};
