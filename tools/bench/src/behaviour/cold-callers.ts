import { outcomes, type Scenario, SECRET } from "../scenario.ts";

const CALLERS = 50;

export const scenario: Scenario = {
  id: "cold-callers",
  title: "50 cold callers: token requests",
  needs: [],
  script: { lifetime: 3600, delay: 100 },
  async run({ subject, url }) {
    const client = await subject.create({ url, secret: SECRET });
    return outcomes(await Promise.allSettled(Array.from({ length: CALLERS }, () => client.getToken())));
  },
  cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors ? ` (${errors} failed)` : ""}`,
  ideal: "1",
};
