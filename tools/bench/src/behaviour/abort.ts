import { setTimeout as sleep } from "node:timers/promises";
import { type Scenario, SECRET } from "../scenario.ts";

export const scenario: Scenario = {
  id: "abort",
  title: "The first of two callers aborts: what the second gets",
  needs: ["cache", "signal"],
  script: { lifetime: 3600, delay: 300 },
  async run({ subject, url }) {
    const client = await subject.create({ url, secret: SECRET });
    const first = new AbortController();
    const aborted = client.getToken(first.signal).then(
      () => "token",
      () => "error",
    );
    const second = client.getToken().then(
      () => "token",
      () => "error",
    );
    await sleep(100);
    first.abort();
    return { first: await aborted, second: await second };
  },
  cell: ({ second }, { tokenRequests }) =>
    `${second === "token" ? "the token" : "an error"}, ${tokenRequests} request${tokenRequests === 1 ? "" : "s"}`,
  ideal: "the token, 1 request",
};
