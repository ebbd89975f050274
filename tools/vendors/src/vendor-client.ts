import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { TokenCacheOptions, TokenPool } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { UsageProblem } from "./command-line.ts";
import { pascalCase } from "./names.ts";
import type { Vendor } from "./vendors.ts";

/** What a generated client package exports, without the vendor's own names and types. */
export interface VendorClient {
  createClient(options?: VendorClientOptions): BareClient;
  /** Checks the credentials itself, as it does those of a JavaScript program. */
  createTokenCache(credentials: object, options?: VendorClientOptions & TokenCacheOptions): VendorTokenCache;
  createTokenPool(
    credentialsOf: (key: string) => object | Promise<object>,
    options?: VendorClientOptions & TokenCacheOptions & { readonly max?: number },
  ): TokenPool<VendorTokenCache>;
}

interface VendorClientOptions {
  readonly server?: string;
  readonly baseUrl?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The part of an openapi-fetch client that does not depend on the vendor. */
export interface BareClient {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ readonly data?: unknown; readonly error?: unknown; readonly response: Response }>;
}

/**
 * Imports the client that was built for a vendor.
 *
 * @throws {UsageProblem} if it was not built.
 */
export async function importClient({ slug, client, repository }: Vendor): Promise<VendorClient> {
  const file = join(repository, client, "dist/generated/index.js");
  if (!existsSync(file))
    throw new UsageProblem(`${slug}: expected a built client in ${client}; run \`pnpm build\``);
  const exported: Readonly<Record<string, never>> = await import(pathToFileURL(file).href);
  const name = pascalCase(slug);
  const names = ["Client", "TokenCache", "TokenPool"].map((what) => `create${name}${what}`);
  const [createClient, createTokenCache, createTokenPool] = names.map((name) => exported[name]);
  if (!createClient || !createTokenCache || !createTokenPool) {
    const found = Object.keys(exported).join(", ") || "nothing";
    throw new UsageProblem(`${client}: expected ${names.join(", ")}, found ${found}`);
  }
  return { createClient, createTokenCache, createTokenPool };
}
