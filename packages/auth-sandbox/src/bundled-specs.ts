import { readdir, readFile } from "node:fs/promises";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import { readVendorSpec, type VendorSpec } from "./vendor/vendor-spec.ts";

const FOLDER = new URL("specs/", PACKAGE_FOLDER);

// Compiling the validators takes longer than a unit test should; they have no state, so all sandboxes can share them.
let bundled: Promise<readonly VendorSpec[]> | undefined;

/**
 * The specifications in the package, read once.
 *
 * @throws Error when the package has none, as before `pnpm bundle` in a fresh checkout, and when they cannot be read.
 */
export function bundledVendorSpecs(): Promise<readonly VendorSpec[]> {
  bundled ??= readBundled().catch((error: unknown) => {
    bundled = undefined;
    throw error;
  });
  return bundled;
}

async function readBundled(): Promise<readonly VendorSpec[]> {
  const names = await readdir(FOLDER).catch(none);
  const files = names.filter((name) => name.endsWith(".json")).sort();
  if (files.length === 0) {
    throw new Error(
      "expected specifications in the package's specs folder, such as specs/<vendor>.json, found none: " +
        "run `pnpm --filter @org/auth-sandbox bundle`, or pass createSandbox({ specs })",
    );
  }
  const read = files.map(async (file) => {
    const document = JSON.parse(await readFile(new URL(file, FOLDER), "utf8"));
    return readVendorSpec(file.slice(0, -".json".length), document);
  });
  return Promise.all(read);
}

/** No files if there is no folder. If a runtime such as Deno does not allow reading, its own error says how to. */
function none(cause: NodeJS.ErrnoException): string[] {
  if (cause.code === "ENOENT") return [];
  throw new Error(`cannot read the specifications in the package: ${cause.message}`, { cause });
}
