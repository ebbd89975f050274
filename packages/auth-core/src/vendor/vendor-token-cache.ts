import { ownMembers } from "../argument-checks.ts";
import { cacheTokens, toldSource } from "../cache/token-cache.ts";
import { CACHE_OPTIONS, cacheSettings } from "../cache/token-cache-options.ts";
import type { TokenCacheOptions } from "../index.ts";
import { ATTEMPT_OPTIONS, type AttemptOptions, checkedAttempts } from "../request/request-token.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { SHARING_OPTIONS, shareTokens } from "../store/shared-source.ts";
import { checkSharing, type StoreName } from "../store/store-key.ts";
import type { ApiTokenCache } from "../token-source.ts";
import { type ServerOptions, serverOf, type VendorServers } from "./base-url.ts";
import { readHeaders } from "./client-options.ts";
import { type GivenCredentials, valuesInTurn } from "./credentials.ts";
import {
  type CredentialsOf,
  type Current,
  type CurrentCredentials,
  type Tenant,
  withCredentials,
} from "./current-credentials.ts";
import { refuseUnnamed, vendorStoreKey } from "./store-key.ts";
import { vendorTokenSource } from "./vendor-token-source.ts";

/** How a vendor's token cache behaves. */
export interface VendorTokenCacheOptions extends TokenCacheOptions, AttemptOptions {}

/** The names of `VendorTokenCacheOptions`; a client's own options come in addition. */
export const VENDOR_CACHE_OPTIONS: readonly string[] = [
  ...CACHE_OPTIONS,
  ...SHARING_OPTIONS,
  ...ATTEMPT_OPTIONS,
];

/** A token cache that knows where its token may go. */
export interface VendorTokenCache extends ApiTokenCache {
  /** The URL below which the vendor's API lies; its origin is where the token may go. Tokens may be issued elsewhere. */
  readonly baseUrl: string;
}

/** What a generated package says about its vendor. */
export interface Vendor<Client, Credentials, ClientOptions> extends VendorServers {
  readonly endpoint: TokenEndpoint<Client, Credentials>;
  createClient(options: ClientOptions | undefined): Client;
}

/**
 * A token cache for one set of credentials at one vendor.
 *
 * @throws {TypeError} for incomplete credentials, an unknown or wrong option, server or variable, or a base URL that is missing or not https.
 */
export function createVendorTokenCache<
  Client,
  Credentials extends object,
  ClientOptions extends ServerOptions,
>(
  vendor: Vendor<Client, Credentials, ClientOptions>,
  credentials: CurrentCredentials<NoInfer<Credentials>>,
  options: (NoInfer<ClientOptions> & VendorTokenCacheOptions) | undefined,
): VendorTokenCache {
  return cachesOf(vendor, options, VENDOR_CACHE_OPTIONS)(credentials);
}

/**
 * Makes a vendor's caches, which share everything but credentials and tokens.
 *
 * @param names - of all valid options
 */
export function cachesOf<Client, Credentials extends object, ClientOptions extends ServerOptions>(
  vendor: Vendor<Client, Credentials, ClientOptions>,
  options: (ClientOptions & VendorTokenCacheOptions) | undefined,
  names: readonly string[],
): (given: GivenCredentials<Credentials> | CredentialsOf<Credentials>, key?: string) => VendorTokenCache {
  const { endpoint } = vendor;
  const { baseUrl, apiUrl } = serverOf(vendor, options, names);
  const isCacheOption = ([name]: [string, unknown]) => VENDOR_CACHE_OPTIONS.includes(name);
  const entries = Object.entries(options ?? {});
  const cacheOptions: VendorTokenCacheOptions = ownMembers(Object.fromEntries(entries.filter(isCacheOption)));
  const clientOptions = ownMembers(
    Object.fromEntries(entries.filter((entry) => !isCacheOption(entry))) as ClientOptions,
  );
  const client = vendor.createClient(clientOptions);
  const attempts = checkedAttempts(cacheOptions);
  const settings = {
    ...cacheSettings(cacheOptions, VENDOR_CACHE_OPTIONS, endpoint.vendor),
    remembersRefusals: false,
  };
  const headers = readHeaders(endpoint.vendor, (clientOptions as { headers?: unknown }).headers);
  const { store, storeKey } = cacheOptions;
  if (store !== undefined) checkSharing(store, storeKey ?? vendorStoreKey);

  const nameFor = (credentials: Credentials, key: string | undefined): StoreName | undefined => {
    if (store === undefined) return undefined;
    if (storeKey === undefined) return vendorStoreKey(endpoint, baseUrl, credentials, headers);
    return typeof storeKey === "string"
      ? storeKey
      : () => (storeKey as (key?: string) => Promise<string>)(key);
  };

  // For one request: only the tenant lasts longer.
  const sourceFor = (
    { given, values }: Current<Credentials>,
    tenant: Tenant<Credentials>,
    areCurrent: (() => Promise<boolean>) | undefined,
  ) => {
    if (store !== undefined && storeKey === undefined) refuseUnnamed(endpoint.vendor, given);
    const { tell: tellAll, clock, defaultLifetime } = settings;
    const tell = tellAll && ((event: Parameters<typeof tellAll>[0]) => tellAll(event, tenant.key));
    const options = { ...attempts, clock, defaultLifetime, onAttempt: tell, areCurrent };
    const next = valuesInTurn(endpoint, given, values);
    const source = toldSource(vendorTokenSource(endpoint, client, values, next, options, tenant), { tell });
    const shared = { store, storeKey: nameFor(values, tenant.key) };
    return shareTokens(source, shared, { ...settings, tell }, tenant);
  };

  const { security } = vendor;
  const companions = security?.companions?.map(({ credential }) => credential) ?? [];
  const rules = { endpoint, clock: settings.clock, sourceFor, companions };
  return (given, key) => {
    const { source, companionsOf } = withCredentials(rules, given, key);
    if (typeof given !== "function" && store !== undefined && storeKey === undefined)
      refuseUnnamed(endpoint.vendor, given);
    const cache = cacheTokens(source, settings, apiUrl, key) as VendorTokenCache;
    const told = { ...(security && { security }), ...(companions.length > 0 && { companionsOf }) };
    return Object.assign(cache, told);
  };
}
