import type { Fetch } from "@org/auth-core";
import { authorizedFetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";
import { fetch as fetch7 } from "undici";
import { fetch as fetch8 } from "undici-8";
import { expect, it } from "vitest";
import { sandboxApi } from "../../test-support/sandbox-api.ts";

const { stonex } = await sandboxApi();

it.each([
  ["7", fetch7],
  ["8", fetch8],
])(
  "the fetch of npm's undici %s makes token requests and calls",
  async (_, foreign) => {
    const fetch = foreign as unknown as Fetch;
    const { STONEX_URL: baseUrl = "" } = process.env;
    const tokens = createStonexTokenCache(stonex.credentials(), {
      baseUrl,
      fetch,
    });
    const response = await authorizedFetch(tokens, { fetch })(
      `${baseUrl}/whoami`,
    );
    expect(await response.json()).toMatchObject({ vendor: "stonex" });
  },
);
