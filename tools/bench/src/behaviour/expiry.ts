import { moveClock } from "../moved-clock.ts";
import { outcomes, type Scenario, SECRET } from "../scenario.ts";

const CALLERS = 100;

export const scenario: Scenario = {
  id: "expiry",
  title: "100 callers when the token has just expired: token requests / expired tokens handed out",
  needs: ["cache"],
  script: { lifetime: 3600, delay: 100 },
  async run({ subject, url }) {
    const client = await subject.create({ url, secret: SECRET });
    const first = await client.getToken();
    moveClock(3601_000);
    const settled = await Promise.allSettled(Array.from({ length: CALLERS }, () => client.getToken()));
    const expired = settled.filter((call) => call.status === "fulfilled" && call.value === first).length;
    return { ...outcomes(settled), expired };
  },
  cell: ({ errors, expired }, { tokenRequests }) =>
    `${tokenRequests - 1} / ${expired}${errors ? ` (${errors} failed)` : ""}`,
  ideal: "1 / 0",
};
