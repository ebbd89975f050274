import { moveClock } from "../moved-clock.ts";
import { type Scenario, SECRET } from "../scenario.ts";

const RENEWALS = 3;

export const scenario: Scenario = {
  id: "rotation",
  title: "The server rotates single-use refresh tokens: renewals of 3 that succeed",
  needs: ["cache", "refresh token"],
  script: { lifetime: 3600, rotate: true },
  async run({ subject, url }) {
    const client = await subject.create({ url, secret: SECRET, refreshToken: "REFRESH-MARKER-1" });
    let renewed = 0;
    for (let i = 0; i < RENEWALS; i++) {
      const token = await client.getToken().catch(() => undefined);
      if (token?.endsWith(String(i + 1))) renewed++;
      moveClock(3601_000);
    }
    return { renewed };
  },
  cell: ({ renewed }) => `${renewed}, ${renewed === RENEWALS ? "kept" : "lost"}`,
  ideal: "3, kept",
};
