import type { TokenCache } from "@org/auth-core";

/** What a generated client package exports, with types too loose to call it by mistake. */
export interface VendorPackage {
  createClient(options: never): BareClient;
  createTokenCache(credentials: never, options: never): TokenCache & { readonly baseUrl: string };
}

/** The part of an openapi-fetch client that the suite calls. */
export interface BareClient {
  request(method: never, path: never, init: never): Promise<BareAnswer>;
}

/** What an openapi-fetch client answers. */
export interface BareAnswer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}
