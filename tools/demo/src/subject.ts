import { authorizedFetch } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import type { Credentials, ListeningSandbox, Sandbox, SandboxVendor } from "@org/auth-sandbox";
import { importClient, listVendors } from "@org/vendors";

/** A vendor of a running sandbox, and a client of it that has no token yet. */
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
export function createSubjects(sandbox: Sandbox, { url }: ListeningSandbox): Promise<Subject[]> {
  return Promise.all(
    listVendors().map(async (listed): Promise<Subject> => {
      const name = listed.slug;
      const { createTokenCache } = await importClient(listed);
      const vendor = sandbox.vendor(name);
      const baseUrl = `${url}/${name}`;
      const withCredentials = (credentials: Credentials) => createTokenCache(credentials, { baseUrl });
      const tokens = withCredentials(vendor.credentials());
      return { name, vendor, baseUrl, tokens, fetch: authorizedFetch(tokens), withCredentials };
    }),
  );
}
