import { createSandbox, type OpenApiDocument, type SandboxVendor } from "@org/auth-sandbox";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createClock, type HandMovedClock } from "./scripted-vendor.ts";
import type { Subject } from "./subject.ts";

/** The vendor's endpoints on a real socket, and the clock that they and the caches share. */
export interface RunningSandbox {
  readonly baseUrl: string;
  readonly vendor: SandboxVendor;
  readonly clock: HandMovedClock;
}

/**
 * Serves the vendor's specification on loopback for the tests of the current `describe`; counts and faults start afresh for each.
 *
 * @returns what is running, once the tests run
 */
export function useSandbox({ vendor: name, spec }: Subject): RunningSandbox {
  const clock = createClock();
  const running = { baseUrl: "", vendor: undefined as unknown as SandboxVendor, clock };
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    const sandbox = await createSandbox({
      specs: { [name]: spec.document as OpenApiDocument },
      now: clock.now,
    });
    const server = await sandbox.listen();
    close = server.close;
    running.vendor = sandbox.vendor(name);
    running.baseUrl = `${server.url}/${name}`;
  });
  beforeEach(() => {
    running.vendor.clearFaults();
    running.vendor.resetCounts();
  });
  afterAll(() => close?.());
  return running;
}
