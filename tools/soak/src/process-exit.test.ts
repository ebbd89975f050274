import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createSandbox, type ListeningSandbox, type Sandbox } from "@org/auth-sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { VENDOR_NAMES } from "./vendors.ts";

/** Longer than 2^31 ms, the longest that a timer can wait. */
const THIRTY_DAYS = 30 * 24 * 3600;

let sandbox: Sandbox;
let listening: ListeningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  listening = await sandbox.listen();
});
beforeEach(() => {
  for (const vendor of Object.values(sandbox.vendors)) vendor.resetCounts();
});
afterAll(() => listening.close());

/** Runs the program in its own process; resolves to how long it idled before it ended, in milliseconds. */
function hold(name: string, grant: string, again?: number): Promise<number> {
  const credentials = JSON.stringify(sandbox.vendor(name).credentials(grant));
  const program = [
    fileURLToPath(new URL("hold-a-token.ts", import.meta.url)),
    name,
    credentials,
    `${listening.url}/${name}`,
  ];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...program, ...(again === undefined ? [] : [String(again)])],
      { timeout: 30_000 },
      (error, stdout, stderr) =>
        error || stderr ? reject(error ?? new Error(stderr)) : resolve(Number(stdout)),
    );
  });
}

describe.each([
  ["30 days", THIRTY_DAYS],
  ["2 seconds", 2],
])("a process that holds a token of %s ends by itself", { timeout: 60_000 }, (_, lifetime) => {
  it.each(VENDOR_NAMES)("%s", async (name) => {
    const vendor = sandbox.vendor(name);
    vendor.lifetime = lifetime;
    const idle = await Promise.all(vendor.grants.map((grant) => hold(name, grant)));
    expect(Math.max(...idle)).toBeLessThan(1000);
    expect(vendor.counts.tokenRequests).toBe(vendor.grants.length);
  });
});

it("a process that held its token until it was stale ends by itself once that is renewed", {
  timeout: 60_000,
}, async () => {
  const vendor = sandbox.vendor("stonex");
  vendor.lifetime = 2;
  // Between 80 % and 90 % of the lifetime, in which the held token is handed out and another one asked for.
  expect(await hold("stonex", "client_credentials", 1700)).toBeLessThan(1000);
  expect(vendor.counts.tokenRequests).toBe(2);
});
