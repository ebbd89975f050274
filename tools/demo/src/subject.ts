import { authorizedFetch } from "@org/auth-core";
import type { Credentials, ListeningSandbox, Sandbox, SandboxVendor } from "@org/auth-sandbox";
import { VENDORS, type VendorTokenCache } from "./vendors.ts";

/** A vendor of a running sandbox, and a client of it that holds no token yet. */
export interface Subject {
  readonly name: string;
  /** What the sandbox knows and can be told. */
  readonly vendor: SandboxVendor;
  readonly baseUrl: string;
  readonly tokens: VendorTokenCache;
  /** A `fetch` that attaches the token. */
  readonly fetch: ReturnType<typeof authorizedFetch>;
  /** Makes another token cache. */
  withCredentials(credentials: Credentials): VendorTokenCache;
}

/** One subject for each vendor. They talk to the sandbox over its socket. */
export function createSubjects(sandbox: Sandbox, { url }: ListeningSandbox): Subject[] {
  return Object.entries(VENDORS).map(([name, createTokenCache]) => {
    const vendor = sandbox.vendor(name);
    const baseUrl = `${url}/${name}`;
    const withCredentials = (credentials: Credentials) => createTokenCache(credentials, { baseUrl });
    const tokens = withCredentials(vendor.credentials());
    return { name, vendor, baseUrl, tokens, fetch: authorizedFetch(tokens), withCredentials };
  });
}
