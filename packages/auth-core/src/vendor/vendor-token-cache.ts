import { cacheTokens, toldSource } from "../cache/token-cache.ts";
import { CACHE_OPTIONS, cacheSettings } from "../cache/token-cache-options.ts";
import type { TokenCacheOptions } from "../index.ts";
import { ATTEMPT_OPTIONS, type AttemptOptions, checkedAttempts } from "../request/request-token.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { SHARING_OPTIONS, shareTokens } from "../store/shared-source.ts";
import type { TokenCache } from "../token-source.ts";
import { type ServerOptions, serverOf, type VendorServers } from "./base-url.ts";
import { type CurrentCredentials, withCredentials } from "./current-credentials.ts";
import { ownMembers } from "./own-members.ts";
import { headerParts, vendorStoreKey } from "./store-key.ts";
import { vendorTokenSource } from "./vendor-token-source.ts";

/** How a vendor's token cache behaves. */
export interface VendorTokenCacheOptions extends TokenCacheOptions, AttemptOptions {}

/** The names of `VendorTokenCacheOptions`, which a client's own options stand beside. */
const TOKEN_CACHE_OPTIONS: readonly string[] = [...CACHE_OPTIONS, ...SHARING_OPTIONS, ...ATTEMPT_OPTIONS];

/** A token cache that knows where its token may go. */
export interface VendorTokenCache extends TokenCache {
  /** The URL below which the vendor's paths lie; its origin is where the token may go. */
  readonly baseUrl: string;
}

/** What a generated package says of its vendor. */
export interface Vendor<Client, Credentials, ClientOptions> extends VendorServers {
  readonly endpoint: TokenEndpoint<Client, Credentials>;
  createClient(options: ClientOptions | undefined): Client;
}

/**
 * A token cache for one set of credentials at one vendor.
 *
 * @throws {TypeError} for incomplete credentials, an unknown or wrong option or server, or a base URL that is missing or not https.
 */
export function createVendorTokenCache<
  Client,
  Credentials extends object,
  ClientOptions extends ServerOptions,
>(
  vendor: Vendor<Client, Credentials, ClientOptions>,
  credentials: CurrentCredentials<Credentials>,
  options: (NoInfer<ClientOptions> & VendorTokenCacheOptions) | undefined,
): VendorTokenCache {
  const { endpoint } = vendor;
  const { baseUrl } = serverOf(vendor, options, TOKEN_CACHE_OPTIONS);
  const isCacheOption = ([name]: [string, unknown]) => TOKEN_CACHE_OPTIONS.includes(name);
  const entries = Object.entries(options ?? {});
  const cacheOptions: VendorTokenCacheOptions = ownMembers(Object.fromEntries(entries.filter(isCacheOption)));
  const clientOptions = ownMembers(
    Object.fromEntries(entries.filter((entry) => !isCacheOption(entry))) as ClientOptions,
  );
  const client = vendor.createClient(clientOptions);
  checkedAttempts(cacheOptions);
  const settings = {
    ...cacheSettings(cacheOptions, TOKEN_CACHE_OPTIONS),
    remembersRefusals: typeof credentials !== "function",
  };
  const headers = headerParts((clientOptions as { headers?: unknown }).headers);
  const sourceFor = (current: Readonly<Credentials>) => {
    const source = vendorTokenSource(endpoint, client, current, cacheOptions);
    const storeKey = cacheOptions.storeKey ?? (() => vendorStoreKey(endpoint, baseUrl, current, headers));
    return shareTokens(toldSource(source, settings), ownMembers({ ...cacheOptions, storeKey }), settings);
  };
  const source = withCredentials(endpoint, credentials, settings.clock, sourceFor);
  return { ...cacheTokens(source, settings), baseUrl };
}
