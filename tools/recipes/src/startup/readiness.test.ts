import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  beforeEach,
  describe,
  expect,
  it,
  onTestFinished,
  vi,
} from "vitest";
import { sandboxApi } from "../../test-support/sandbox-api.ts";

const { stonex } = await sandboxApi();
const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
beforeEach(() => {
  vi.resetModules();
  warn.mockClear();
});

const started = async () => {
  const { start, warmUp } = await import("./readiness.ts");
  const { tokens } = await import("../tokens.ts");
  return { start, warmUp, tokens };
};

describe("the recipe for readiness", () => {
  it("listens with a token in each cache", async () => {
    const { start, tokens } = await started();
    const server = await start(0);
    onTestFinished(() => void server.close());
    if (!server.listening) await once(server, "listening");
    expect(tokens.peek()).toBeDefined();
    const { port } = server.address() as AddressInfo;
    expect(
      await (await fetch(`http://127.0.0.1:${port}/readyz`)).text(),
    ).toBe("ready\n");
    expect(warn).not.toHaveBeenCalled();
  });

  it("names a cache that has no token at the deadline, and that cache gets it later", async () => {
    const { warmUp, tokens } = await started();
    stonex.fault({ delay: 300, times: 1 });
    expect(await warmUp(20)).toEqual(["stonex"]);
    await tokens.getToken();
    expect(stonex.counts.tokenRequests).toBe(1);
    expect(await warmUp(20)).toEqual([]);
  });

  it("does not wait for the deadline if the vendor refuses", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => error.mockRestore());
    stonex.fault({ status: 401 });
    const { warmUp } = await started();
    expect(await warmUp(60_000)).toEqual(["stonex"]);
    expect(error.mock.calls.flat().join()).toMatch(/^stonex: /);
  });
});
