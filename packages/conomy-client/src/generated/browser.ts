// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

/** Never there. */
export const createConomyClient: undefined = undefined;

/** Never there. */
export const createConomyTokenCache: undefined = undefined;

/** Never there. */
export const createConomyTokenPool: undefined = undefined;

throw new Error(
  "@org/conomy-client was bundled for a browser, where anyone could read the credentials it needs. Expected a server, a worker or an edge function, such as Node.js, Deno, Bun or Cloudflare Workers: ask the vendor from there and hand the browser only the result.",
);
