import type { ApiTokenCache } from "@org/auth-core";
import { serverOf, singleUseName, type VendorTokenCache } from "@org/auth-core/vendor";
import { createSpecTokenCache, mappingsOf, serversOf } from "@org/auth-spec";
import { accountFolder, describeFolder, storedToken } from "./cache-folder.ts";
import type { CommandLine } from "./command-line.ts";
import { credentialsSource } from "./credentials.ts";
import { chosenServer, type Target } from "./target.ts";
import { complain } from "./terminal.ts";

/** The tokens of one account, from the cache or its vendor. */
export interface VendorTokens extends ApiTokenCache {
  readonly baseUrl: string;
  /** Where the credentials come from. */
  readonly source: string;
  /** Whether the last token came from the vendor just now. */
  readonly isNew: () => boolean;
}

/**
 * The tokens that a command line asks for. A cached one is used without reading the credentials.
 *
 * @throws {Problem} or {TypeError} for invalid arguments.
 */
export function vendorTokens(target: Target, line: CommandLine): VendorTokens {
  const { vendor, file, document, operation, grant } = target;
  const { security } = operation;
  const choice = chosenServer(target, line);
  const { baseUrl, apiUrl } = serverOf({ vendor, servers: serversOf(operation) }, choice);
  const source = credentialsSource(target, line);
  const folder = accountFolder({
    vendor,
    file,
    baseUrl,
    apiUrl,
    grant: grant.name,
    credentials: source.description,
    profile: line.value("profile"),
  });
  const { store, storeKey } = folder;
  let isNew = false;
  let isWarned = false;
  const warn = (error: unknown) => {
    if (!isWarned) complain(`warning: nothing is cached: ${error instanceof Error ? error.message : error}`);
    isWarned = true;
  };
  let tokens: VendorTokenCache | undefined;

  /** Made only when needed, since the code that sends requests takes longer to load than all the rest. */
  const renewing = async () => {
    if (tokens) return tokens;
    const isLoggedIn = (await store.get(storeKey).catch(() => undefined)) !== undefined;
    // Used up, and not needed while a login continues with refresh tokens.
    const spent = singleUseName({ responses: { [grant.name]: mappingsOf(operation) } }, grant.name);
    const credentials = source.read(isLoggedIn && spent !== undefined ? [spent] : []);
    tokens = createSpecTokenCache(document, credentials, {
      vendor,
      ...choice,
      store,
      storeKey,
      onEvent: (event) => {
        if (event.type === "renewed") isNew = event.from === "vendor";
        if (event.type === "store_failed") warn(event.error);
      },
    });
    return tokens;
  };
  // Companions, which each call carries in addition to the token, are not cached.
  const isEnough = (security?.companions ?? []).length === 0;

  return {
    baseUrl: apiUrl,
    ...(security && { security }),
    source: source.description,
    isNew: () => isNew,
    peek: () => undefined,
    invalidate: () => {},
    companionsOf: (token) => tokens?.companionsOf?.(token) ?? {},
    getToken: async (options) => {
      const held = isEnough && !options?.forceRenew ? await storedToken(folder) : undefined;
      if (held) return held;
      const token = await (await renewing()).getToken(options);
      try {
        describeFolder(folder);
      } catch (error) {
        warn(error);
      }
      return token;
    },
  };
}
