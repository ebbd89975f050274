/**
 * Imported before a code block of the documentation runs: the vendors' hosts are answered by the sandbox, and its
 * credentials are in the environment, named like STONEX_CLIENT_ID. STONEX_BASE_URL is where the vendor is.
 */
import { createSandbox } from "@org/auth-sandbox";
import { environmentVariable } from "@org/vendors";

const sandbox = await createSandbox();
globalThis.fetch = sandbox.fetch;
for (const vendor of Object.values(sandbox.vendors)) {
  process.env[environmentVariable(vendor.name, "baseUrl")] = vendor.baseUrl;
  for (const grant of vendor.grants) {
    for (const [name, value] of Object.entries(vendor.credentials(grant))) {
      process.env[environmentVariable(vendor.name, name)] = String(value);
    }
  }
}
