import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { metrics } from "@opentelemetry/api";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { acme } from "@org/acme-spec";
import { createTokenCache, type TokenCacheEvent, type TokenStore } from "@org/auth-core";
import { createSandbox } from "@org/auth-sandbox";
import { createSpecTokenCache } from "@org/auth-spec";
import { afterEach, describe, expect, it, onTestFinished } from "vitest";
import { tokenMetrics } from "./token-metrics.ts";

afterEach(() => metrics.disable());

/** A real SDK, and what its Prometheus exporter serves, without comments. */
async function scraped() {
  const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
  const provider = new MeterProvider({ readers: [exporter] });
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.close();
    await provider.shutdown();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
  const lines = async () => {
    const text = await (await fetch(url)).text();
    return text.split("\n").filter((line) => line.startsWith("auth_token_") && !line.includes("_bucket{"));
  };
  return { provider, lines };
}

/** A vendor, and a cache for it whose events become metrics. */
async function cacheOf(onEvent: (event: TokenCacheEvent) => void, store?: TokenStore, changes: object = {}) {
  const document = acme();
  const sandbox = await createSandbox({ specs: { acme: document } });
  const vendor = sandbox.vendor("acme");
  const credentials = { ...vendor.credentials(), ...changes };
  const options = { vendor: "acme", baseUrl: vendor.baseUrl, fetch: sandbox.fetch, onEvent, attempts: 2 };
  return { vendor, tokens: createSpecTokenCache(document, credentials, { ...options, store }) };
}

describe("the metrics of a token cache", () => {
  it("tell of requests, by outcome and host, and of the time until the token expires", async () => {
    const { provider, lines } = await scraped();
    const { vendor, tokens } = await cacheOf(tokenMetrics(provider));
    vendor.fault({ status: 503, times: 1 });
    await tokens.getToken();
    const found = await lines();
    const labels = 'auth_vendor="acme",server_address="api.acme.test"';
    expect(found).toContain(`auth_token_request_duration_count{${labels},error_type="server_error"} 1`);
    expect(found).toContain(`auth_token_request_duration_count{${labels}} 1`);
    expect(found).toContain(
      'auth_token_renewal_duration_count{auth_vendor="acme",auth_token_from="vendor"} 1',
    );
    const expiry = found.find((line) => line.startsWith("auth_token_time_to_expiry"));
    expect(Number(expiry?.split(" ")[1])).toBeGreaterThan(200);
    expect(Number(expiry?.split(" ")[1])).toBeLessThanOrEqual(300);
  });

  it("tell of failures, refused tokens and a store that is down, and show no secret", async () => {
    const { provider, lines } = await scraped();
    const onEvent = tokenMetrics(provider);
    const down = () => Promise.reject(new Error("down"));
    const store = { get: down, set: down, delete: down, lock: down };
    const { tokens } = await cacheOf(onEvent, store);
    tokens.invalidate(await tokens.getToken());
    const { tokens: refused } = await cacheOf(onEvent, undefined, { clientSecret: "a-wrong-secret" });
    await refused.getToken().catch(() => {});
    const found = await lines();
    expect(found).toContain('auth_token_invalidations_total{auth_vendor="acme"} 1');
    expect(found).toContain(
      'auth_token_renewal_failures_total{auth_vendor="acme",error_type="invalid_client",auth_background="false"} 1',
    );
    expect(found.some((line) => /^auth_token_store_failures_total\{.*operation="get"\} 1$/.test(line))).toBe(
      true,
    );
    expect(found.some((line) => line.startsWith("auth_token_time_to_expiry"))).toBe(false);
    expect(found.join("\n")).not.toContain("a-wrong-secret");
  });

  it("have no tenant unless the options ask for it", async () => {
    const event = { type: "renewed", from: "store", duration: 5, expiresAt: Date.now() + 60_000 } as const;
    const off = await scraped();
    tokenMetrics(off.provider)({ ...event, vendor: "acme", key: "merchant-42" });
    const without = await off.lines();
    expect(without).toContain(
      'auth_token_renewal_duration_count{auth_vendor="acme",auth_token_from="store"} 1',
    );
    expect(without.join()).not.toMatch(/merchant|time_to_expiry/);
    const on = await scraped();
    tokenMetrics(on.provider, { tenant: true })({ ...event, vendor: "acme", key: "merchant-42" });
    expect((await on.lines()).join()).toContain(
      'auth_token_time_to_expiry{auth_vendor="acme",auth_tenant="merchant-42"}',
    );
  });

  it("forget a tenant whose token expired more than an hour ago, until it is renewed", async () => {
    const { provider, lines } = await scraped();
    const onEvent = tokenMetrics(provider, { tenant: true });
    const renewed = (key: string, minutesAgo: number) =>
      onEvent({
        ...{ type: "renewed", vendor: "acme", key, duration: 1, from: "vendor" },
        expiresAt: Date.now() - minutesAgo * 60_000,
      });
    const tenants = async () =>
      (await lines()).flatMap((line) => /time_to_expiry.*tenant="(\w+)"/.exec(line)?.[1] ?? []);
    renewed("idle", 61);
    renewed("late", 59);
    expect(await tenants()).toEqual(["late"]);
    renewed("idle", -5);
    expect(await tenants()).toEqual(["late", "idle"]);
  });

  it("show the token renewed last of caches with the same vendor, whether they share a listener or not", async () => {
    const { provider, lines } = await scraped();
    const listeners = [tokenMetrics(provider), tokenMetrics(provider)];
    const renewed = async (listener: number, seconds: number) => {
      const expiresAt = Date.now() + seconds * 1000;
      listeners[listener]?.({ type: "renewed", vendor: "acme", duration: 1, from: "vendor", expiresAt });
      const found = (await lines()).filter((line) => line.includes("time_to_expiry"));
      return found.map((line) => Math.ceil(Number(line.split(" ")[1]) / 10) * 10);
    };
    expect(await renewed(0, 100)).toEqual([100]);
    expect(await renewed(1, 200)).toEqual([200]);
    expect(await renewed(0, 300)).toEqual([300]);
  });

  it("go to the global provider, also where that is set after the cache was made", async () => {
    const { provider, lines } = await scraped();
    const tokens = createTokenCache(async () => ({ accessToken: "t", expiresAt: Date.now() + 60_000 }), {
      onEvent: tokenMetrics(),
    });
    metrics.setGlobalMeterProvider(provider);
    await tokens.getToken();
    expect(await lines()).toContain('auth_token_renewal_duration_count{auth_token_from="vendor"} 1');
  });

  it("name an error that is not a TokenRequestError by its class", async () => {
    const { provider, lines } = await scraped();
    const onEvent = tokenMetrics(provider);
    for (const error of [new RangeError("secret"), "secret"]) {
      onEvent({ type: "failed", error, background: true });
    }
    onEvent({ type: "refresh_token_not_stored" } as TokenCacheEvent);
    const found = (await lines()).join("\n");
    expect(found).toContain('error_type="RangeError",auth_background="true"} 1');
    expect(found).toContain('error_type="_OTHER"');
    expect(found).toContain('auth_store_operation="refresh_token"} 1');
    expect(found).not.toContain("secret");
  });

  it.each<[string, () => unknown, string]>([
    [
      "something other than a provider",
      () => tokenMetrics(7 as never),
      "meterProvider: expected a MeterProvider, received number",
    ],
    [
      "a tenant that is text",
      () => tokenMetrics(undefined, { tenant: "no" } as never),
      "tenant: expected true or false, received string",
    ],
    [
      "no options at all",
      () => tokenMetrics(undefined, null as never),
      "options: expected an object, received null",
    ],
    [
      "a number as options",
      () => tokenMetrics(undefined, 7 as never),
      "options: expected an object, received number",
    ],
    [
      "an unknown option",
      () => tokenMetrics(undefined, { tenants: true } as never),
      'unknown option "tenants": expected tenant',
    ],
  ])("refuse %s", (_, make, message) => {
    expect(make).toThrow(new TypeError(message));
  });
});
