import { createSandbox, type OpenApiDocument, type SandboxVendor } from "@org/auth-sandbox";
import type { HurriedClock } from "@org/measure/hurried-clock";
import { beforeAll, beforeEach } from "vitest";
import { createClock } from "./scripted-vendor.ts";
import type { Subject } from "./subject.ts";

/** The vendor's endpoints on a real socket, and the clock that they and the caches share. */
export interface RunningSandbox {
  readonly baseUrl: string;
  readonly vendor: SandboxVendor;
  readonly clock: HurriedClock;
}

/**
 * Serves the vendor's specification on loopback for the tests of the current `describe`; counts and faults start afresh for each.
 *
 * @returns what is running, once the tests run
 */
export function useSandbox({ vendor: name, spec }: Subject): RunningSandbox {
  const clock = createClock();
  const running = { clock } as { -readonly [Member in keyof RunningSandbox]: RunningSandbox[Member] };

  beforeAll(async () => {
    const specs = { [name]: spec.document as OpenApiDocument };
    const sandbox = await createSandbox({ specs, now: clock.now });
    const server = await sandbox.listen();
    running.vendor = sandbox.vendor(name);
    running.baseUrl = `${server.url}/${name}`;
    return () => server.close();
  });
  beforeEach(() => {
    running.vendor.clearFaults();
    running.vendor.resetCounts();
  });
  return running;
}
