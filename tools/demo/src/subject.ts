import { authorizedFetch } from "@org/auth-core";
import type { Credentials, ListeningSandbox, Sandbox } from "@org/auth-sandbox";
import { importClient, listVendors } from "@org/vendors";

/** A vendor of a running sandbox, and a client of it that has no token yet. */
export type Subject = Awaited<ReturnType<typeof createSubjects>>[number];

/** One subject for each vendor. They talk to the sandbox over its socket. */
export function createSubjects(sandbox: Sandbox, { url }: ListeningSandbox) {
  return Promise.all(
    listVendors().map(async (listed) => {
      const name = listed.slug;
      const { createTokenCache } = await importClient(listed);
      const vendor = sandbox.vendor(name);
      const baseUrl = `${url}/${name}`;
      /** Makes another token cache. */
      const withCredentials = (credentials: Credentials) => createTokenCache(credentials, { baseUrl });
      const tokens = withCredentials(vendor.credentials());
      return { name, vendor, baseUrl, tokens, fetch: authorizedFetch(tokens), withCredentials };
    }),
  );
}
