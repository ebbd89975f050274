import { type Scenario, SECRET } from "../scenario.ts";

const CALLS = 20;

export const scenario: Scenario = {
  id: "bad-secret",
  title: "20 calls, one after another, with a bad secret: token requests",
  needs: [],
  script: { status: 401 },
  async run({ subject, url }) {
    const client = await subject.create({ url, secret: SECRET });
    let errors = 0;
    for (let i = 0; i < CALLS; i++) await client.getToken().catch(() => errors++);
    return { errors };
  },
  cell: ({ errors }, { tokenRequests }) => `${tokenRequests}${errors === CALLS ? "" : ` (${errors} errors)`}`,
  ideal: "1",
};
