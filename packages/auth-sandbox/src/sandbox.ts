import { bundledVendorSpecs } from "./bundled-specs.ts";
import { type Check, checkObject, lifetimeInSeconds, quoted } from "./option-check.ts";
import { createInProcessFetch } from "./server/in-process-fetch.ts";
import { type ListeningSandbox, type ListenOptions, listen } from "./server/server.ts";
import { type RunningVendor, startVendor } from "./vendor/vendor.ts";
import type { SandboxVendor } from "./vendor/vendor-api.ts";
import { type OpenApiDocument, readVendorSpec } from "./vendor/vendor-spec.ts";

/** How to make a sandbox. */
export interface SandboxOptions {
  /** Parsed OpenAPI documents by vendor slug. Default: those in the package. */
  readonly specs?: Readonly<Record<string, OpenApiDocument>>;
  /** Lifetime of all vendors' tokens, in whole seconds. Default: what each specification's example says, else 300. */
  readonly lifetime?: number;
  /** Wall clock, in milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The vendors' token endpoints, in this process. */
export interface Sandbox {
  /** The vendors by name. */
  readonly vendors: Readonly<Record<string, SandboxVendor>>;
  /**
   * One vendor.
   *
   * @throws TypeError that lists the vendors if none has this name.
   */
  vendor(name: string): SandboxVendor;
  /**
   * Responds to requests to the vendors' servers without a socket; any other request rejects with a TypeError.
   *
   * @see {@link SandboxVendor.baseUrl}
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Serves the sandbox over HTTP, each vendor at a path prefix: `<url>/<vendor>`. Several servers may listen at the same time;
   * they share everything.
   *
   * @throws TypeError for an unknown or wrong option; rejects with the system's error when the port is taken.
   */
  listen(options?: ListenOptions): Promise<ListeningSandbox>;
}

/**
 * Makes a sandbox from specifications.
 *
 * @throws TypeError when an option is unknown or wrong, or when a specification has problems, which it lists; Error when the package has none.
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkObject("sandbox option", options, { specs: specsByVendor, lifetime: lifetimeInSeconds, now: clock });
  const { specs, lifetime, now = Date.now } = options;
  const read = specs
    ? Object.entries(specs).map(([name, document]) => readVendorSpec(name, document))
    : await bundledVendorSpecs();
  const running = read.map((spec) => startVendor(spec, now, lifetime));
  const byName: ReadonlyMap<string, RunningVendor> = new Map(
    running.map((vendor) => [vendor.api.name, vendor]),
  );
  return {
    vendors: Object.fromEntries(running.map(({ api }) => [api.name, api])),
    vendor(name) {
      const vendor = byName.get(name);
      if (vendor) return vendor.api;
      throw new TypeError(
        `the sandbox has no vendor "${name}"; valid ones are ${quoted([...byName.keys()])}`,
      );
    },
    fetch: createInProcessFetch(running),
    listen: (listenOptions) => listen(byName, listenOptions),
  };
}

// A vendor's slug becomes a path prefix and a host name; `_sandbox` belongs to the control endpoint.
const specsByVendor: Check = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([name, document]) => /^[a-z0-9][a-z0-9-]*$/.test(name) && isDocument(document))
    ? undefined
    : 'parsed OpenAPI documents by vendor slug, such as { "acme-pay": { openapi: "3.1.1", ... } }';

const clock: Check = (value) =>
  typeof value === "function" ? undefined : "a function that returns milliseconds";

function isDocument(value: unknown): boolean {
  return typeof value === "object" && value !== null && "openapi" in value;
}
