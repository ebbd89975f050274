import { setTimeout as sleep } from "node:timers/promises";
import { moveClock, REFRESH_TOKEN, type Scenario } from "./scenario.ts";

const CALLS = 4;
const RENEWALS = 3;
const YEAR = 365 * 24 * 3600_000;

/** Asks for a token four times, then, two years on, once more. */
function lifetimeScenario(id: string, label: string, lifetime: unknown): Scenario {
  return {
    id,
    title: `\`expires_in\` ${label}: token requests in ${CALLS} calls; does it ever expire`,
    needs: ["cache", "lifetime"],
    script: { lifetime },
    async run({ create }) {
      const { getToken } = create();
      const tokens = new Set<string>();
      let errors = 0;
      for (let i = 0; i < CALLS; i++) {
        try {
          tokens.add(await getToken());
        } catch {
          errors++;
        }
      }
      moveClock(2 * YEAR);
      const later = await getToken().catch(() => "error");
      return { requests: tokens.size, errors, expires: !tokens.has(later) };
    },
    cell: ({ requests, errors, expires }) =>
      errors ? `${errors} errors` : `${requests}; ${expires ? "yes" : "never"}`,
    ideal: "1; yes",
  };
}

/** When tokens are renewed, and with what. */
export const scenarios: readonly Scenario[] = [
  {
    id: "rotation",
    title: "The server rotates single-use refresh tokens: renewals of 3 that succeed",
    brief: "rotated refresh token: renewals of 3 that succeed",
    needs: ["cache", "refresh token"],
    script: { lifetime: 3600, rotate: true },
    async run({ create }) {
      const { getToken } = create(REFRESH_TOKEN);
      let renewed = 0;
      for (let i = 1; i <= RENEWALS; i++) {
        const token = await getToken().catch(() => undefined);
        if (token?.endsWith(String(i))) renewed++;
        moveClock(3601_000);
      }
      return { renewed };
    },
    cell: ({ renewed }) => `${renewed}, ${renewed === RENEWALS ? "kept" : "lost"}`,
    ideal: "3, kept",
  },
  {
    ...lifetimeScenario("lifetime-0", "`0`", 0),
    brief: "`expires_in: 0`: token requests in 4 calls; does it expire",
  },
  lifetimeScenario("lifetime-missing", "missing", undefined),
  lifetimeScenario("lifetime-abc", '`"abc"`', "abc"),
  {
    id: "lifetime-30-days",
    title:
      "`expires_in` 30 days, with a refresh token: token requests in 1 s; does the process exit by itself",
    needs: ["cache", "lifetime"],
    script: { lifetime: 30 * 24 * 3600, rotate: true },
    async run({ create, lacks }) {
      await create(lacks("refresh token") ? undefined : REFRESH_TOKEN).getToken();
      await sleep(1000);
      return {};
    },
    cell: ({ exitsByItself }, { tokenRequests }) =>
      `${tokenRequests > 20 ? "over 20" : tokenRequests}; ${exitsByItself ? "yes" : "no"}`,
    ideal: "1; yes",
  },
];
