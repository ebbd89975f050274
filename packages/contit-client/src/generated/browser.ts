// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

/** Never there. */
export const createContitClient: undefined = undefined;

/** Never there. */
export const createContitTokenCache: undefined = undefined;

/** Never there. */
export const createContitTokenPool: undefined = undefined;

throw new Error(
  "@org/contit-client was bundled for a browser, where anyone could read the credentials it needs. Expected a server, a worker or an edge function, such as Node.js, Deno, Bun or Cloudflare Workers: ask the vendor from there and hand the browser only the result.",
);
