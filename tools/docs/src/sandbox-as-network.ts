/**
 * Imported before a code block of the documentation runs: the vendors' hosts are answered by the sandbox, and its
 * credentials are in the environment, named like STONEX_CLIENT_ID.
 */
import { createSandbox } from "@org/auth-sandbox";

const sandbox = await createSandbox();
globalThis.fetch = sandbox.fetch;
for (const vendor of Object.values(sandbox.vendors)) {
  for (const grant of vendor.grants) {
    for (const [name, value] of Object.entries(vendor.credentials(grant))) {
      const variable = `${vendor.name}_${name.replace(/[A-Z]/g, "_$&")}`.toUpperCase();
      process.env[variable] = String(value);
    }
  }
}
