import { setTimeout as sleep } from "node:timers/promises";
import { moveClock } from "../moved-clock.ts";
import { type Scenario, SECRET } from "../scenario.ts";

const CALLS = 4;
const YEAR = 365 * 24 * 3600_000;

/** Asks for a token four times, then, two years on, once more. */
function lifetimeScenario(id: string, label: string, lifetime: unknown): Scenario {
  return {
    id,
    title: `\`expires_in\` ${label}: token requests in ${CALLS} calls; does it ever expire`,
    needs: ["cache", "lifetime"],
    script: { lifetime },
    async run({ subject, url }) {
      const client = await subject.create({ url, secret: SECRET });
      const tokens = new Set<string>();
      let errors = 0;
      for (let i = 0; i < CALLS; i++) {
        try {
          tokens.add(await client.getToken());
        } catch {
          errors++;
        }
      }
      moveClock(2 * YEAR);
      const later = await client.getToken().catch(() => "error");
      return { requests: tokens.size, errors, expires: !tokens.has(later) };
    },
    cell: ({ requests, errors, expires }) =>
      errors ? `${errors} errors` : `${requests}; ${expires ? "yes" : "never"}`,
    ideal: "1; yes",
  };
}

export const scenarios: readonly Scenario[] = [
  lifetimeScenario("lifetime-0", "`0`", 0),
  lifetimeScenario("lifetime-missing", "missing", undefined),
  lifetimeScenario("lifetime-abc", '`"abc"`', "abc"),
  {
    id: "lifetime-30-days",
    title:
      "`expires_in` 30 days, with a refresh token: token requests in 1 s; does the process exit by itself",
    needs: ["cache", "lifetime"],
    script: { lifetime: 30 * 24 * 3600, rotate: true },
    async run({ subject, url }) {
      const rotates = subject.lacks["refresh token"] === undefined;
      const client = await subject.create({
        url,
        secret: SECRET,
        refreshToken: rotates ? "REFRESH-MARKER-1" : undefined,
      });
      await client.getToken();
      await sleep(1000);
      return {};
    },
    cell: ({ exitsByItself }, { tokenRequests }) =>
      `${tokenRequests > 20 ? "over 20" : tokenRequests}; ${exitsByItself ? "yes" : "no"}`,
    ideal: "1; yes",
  },
];
