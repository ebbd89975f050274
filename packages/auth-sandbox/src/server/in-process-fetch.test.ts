import { describe, expect, it } from "vitest";
import { oneCasePerVendor, send } from "../../test-support/token-cases.ts";
import { bundledVendorSpecs } from "../bundled-specs.ts";
import { createSandbox } from "../sandbox.ts";

const specs = await bundledVendorSpecs();
const servers = (await oneCasePerVendor()).flatMap((one) => {
  const listed = specs.find(({ name }) => name === one.vendor)?.servers ?? [];
  return [...listed, `https://${one.vendor}.sandbox.invalid`].map((url) => ({ ...one, url }));
});

describe.each(servers)("$vendor at $url", ({ vendor, url, request }) => {
  it("responds to token requests", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const response = await send(sandbox.fetch, url, request(api));
    expect(response.status).toBe(200);
    expect(response.url).toBe(url + (await request(api)).path);
  });
});

describe("sandbox.fetch", () => {
  it("offers every vendor's base URL, none twice", async () => {
    const { vendors } = await createSandbox();
    const urls = Object.values(vendors).map(({ baseUrl }) => baseUrl);
    expect(new Set(urls).size).toBe(urls.length);
    for (const url of urls) expect(new URL(url).protocol).toBe("https:");
  });

  it("rejects any other place and lists the right ones", async () => {
    const sandbox = await createSandbox();
    for (const url of ["https://example.com/whoami", "http://localhost/whoami"]) {
      await expect(sandbox.fetch(url)).rejects.toBeInstanceOf(TypeError);
      await expect(sandbox.fetch(url)).rejects.toThrow(
        `the sandbox serves no vendor at ${url}; expected a URL below `,
      );
    }
    const [{ name } = { name: "" }] = Object.values(sandbox.vendors);
    await expect(sandbox.fetch(`http://${name}.sandbox.invalid/whoami`)).rejects.toThrow(TypeError);
    await expect(sandbox.fetch(`https://${name}.sandbox.invalid.example/`)).rejects.toThrow(TypeError);
  });

  it("rejects immediately with the reason when the signal is already aborted, and counts nothing", async () => {
    const sandbox = await createSandbox();
    const [api] = Object.values(sandbox.vendors);
    const reason = new Error("no longer wanted");
    const called = sandbox.fetch(`${api?.baseUrl}/whoami`, { signal: AbortSignal.abort(reason) });
    await expect(called).rejects.toBe(reason);
    expect(api?.counts.resourceRequests).toBe(0);
  });

  it("takes a Request and a URL as the real one does", async () => {
    const sandbox = await createSandbox();
    const [api] = Object.values(sandbox.vendors);
    const url = new URL(`${api?.baseUrl}/whoami`);
    expect((await sandbox.fetch(url)).status).toBe(401);
    expect((await sandbox.fetch(new Request(url))).status).toBe(401);
  });
});
