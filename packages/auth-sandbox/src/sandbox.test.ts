import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { oneCasePerVendor, send } from "../test-support/token-cases.ts";
import { createSandbox } from "./sandbox.ts";

const cases = await oneCasePerVendor();
const names = cases.map(({ vendor }) => vendor);

describe("createSandbox", () => {
  it("serves the vendors whose specifications the package carries", async () => {
    const { vendors } = await createSandbox();
    expect(Object.keys(vendors).sort()).toEqual([...names].sort());
    for (const name of names) expect(vendors[name]?.name).toBe(name);
  });

  it("serves only the specifications it is given", async () => {
    const [name = ""] = names;
    const document = JSON.parse(await readFile(new URL(`../specs/${name}.json`, import.meta.url), "utf8"));
    const before = structuredClone(document);
    const sandbox = await createSandbox({ specs: { [name]: document } });
    expect(Object.keys(sandbox.vendors)).toEqual([name]);
    expect(document).toEqual(before);
  });

  it.each<[string, unknown, string]>([
    [
      "an unknown option",
      { spec: {} },
      'unknown sandbox option "spec"; valid ones are "specs", "lifetime", "now"',
    ],
    ["options that are not an object", 4010, "expected an object of sandbox options, got 4010"],
    [
      "no specification",
      { specs: {} },
      'sandbox option "specs" must be parsed OpenAPI documents by vendor slug',
    ],
    ["a path for a specification", { specs: { acme: "specs/acme.json" } }, 'sandbox option "specs" must be'],
    [
      "a slug that is not a path segment",
      { specs: { _sandbox: { openapi: "3.1.1" } } },
      'sandbox option "specs" must be',
    ],
    [
      "a lifetime of zero",
      { lifetime: 0 },
      'sandbox option "lifetime" must be a whole number from 1 to 3155760000, got 0',
    ],
    ["a lifetime in text", { lifetime: "60" }, 'got "60"'],
    ["a clock that is a number", { now: 5 }, 'sandbox option "now" must be a function'],
  ])("refuses %s", async (_, options, message) => {
    const created = createSandbox(options as object);
    await expect(created).rejects.toBeInstanceOf(TypeError);
    await expect(created).rejects.toThrow(message);
  });

  it("gives every vendor the lifetime it is given", async () => {
    const sandbox = await createSandbox({ lifetime: 5 });
    expect(Object.values(sandbox.vendors).map(({ lifetime }) => lifetime)).toEqual(names.map(() => 5));
  });

  it("names the vendors when asked for one that is not there", async () => {
    const sandbox = await createSandbox();
    expect(() => sandbox.vendor("no-such-vendor")).toThrow(TypeError);
    expect(() => sandbox.vendor("no-such-vendor")).toThrow(
      `the sandbox has no vendor "no-such-vendor"; valid ones are "${names[0]}"`,
    );
    expect(() => sandbox.vendor("toString")).toThrow(TypeError);
  });
});

describe.each(cases)("$vendor", ({ vendor, request }) => {
  it("refuses what is not a lifetime, and keeps the one it had", async () => {
    const api = (await createSandbox()).vendor(vendor);
    const before = api.lifetime;
    for (const wrong of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "60" as unknown as number]) {
      expect(() => {
        api.lifetime = wrong;
      }).toThrow(TypeError);
    }
    expect(api.lifetime).toBe(before);
  });

  it("names its grants when asked for credentials of another one", async () => {
    const api = (await createSandbox()).vendor(vendor);
    expect(() => api.credentials("password")).toThrow(`valid ones are "${api.grants[0]}"`);
    expect(api.credentials().grant).toBe(api.grants.length > 1 ? api.grants[0] : undefined);
  });

  it("hands out counts that do not change afterwards, and starts again at zero", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const before = api.counts;
    await send(sandbox.fetch, api.baseUrl, request(api));
    expect(before.tokenRequests).toBe(0);
    expect(api.counts.tokenRequests).toBe(1);
    api.resetCounts();
    expect(api.counts).toEqual(before);
  });
});
