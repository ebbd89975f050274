import { setTimeout as sleep } from "node:timers/promises";
import { moveClock, type Program, type Programs, REFRESH_TOKEN } from "./program.ts";

const CALLS = 4;
const RENEWALS = 3;
const YEAR = 365 * 24 * 3600_000;

/** Asks for a token four times, then, two years on, once more. */
const lifetime: Program = {
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
};

/** When tokens are renewed, and with what. */
export const lifetimes: Programs = {
  rotation: {
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
  },
  "lifetime-0": lifetime,
  "lifetime-missing": lifetime,
  "lifetime-abc": lifetime,
  "lifetime-30-days": {
    async run({ create, lacks }) {
      await create(lacks("refresh token") ? undefined : REFRESH_TOKEN).getToken();
      await sleep(1000);
      return {};
    },
    cell: ({ exitsByItself }, { tokenRequests }) =>
      `${tokenRequests > 20 ? "over 20" : tokenRequests}; ${exitsByItself ? "yes" : "no"}`,
  },
};
