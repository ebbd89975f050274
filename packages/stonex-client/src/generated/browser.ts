// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

/** Never there. */
export const createStonexClient: undefined = undefined;

/** Never there. */
export const createStonexTokenCache: undefined = undefined;

/** Never there. */
export const createStonexTokenPool: undefined = undefined;

throw new Error(
  "@org/stonex-client was bundled for a browser, where anyone could read the credentials it needs. Expected a server, a worker or an edge function, such as Node.js, Deno, Bun or Cloudflare Workers: ask the vendor from there and hand the browser only the result.",
);
