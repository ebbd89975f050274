import { describe, expect, it } from "vitest";
import {
  type Credentials,
  HOUR,
  issued,
  several,
  single,
  vendorOf,
} from "../../test-support/scripted-vendor.ts";
import type { TokenCacheEvent } from "../index.ts";
import { memoryStore } from "../store/memory-store.ts";
import { CLIENT_OPTIONS } from "./client-options.ts";

const credentialsOf = (key: string) => ({ clientId: key, clientSecret: `${key}-secret` });
const tokenOf = ({ clientId }: Credentials) => issued(`token-${clientId}`);
const text = (accessToken: string) => ({ accessToken });

describe("a vendor's token pool", () => {
  it("gives each tenant a token of its own, and all of them one client", async () => {
    const { pool, clients, asked } = vendorOf(tokenOf, single);
    const { get } = pool(async (key) => credentialsOf(key));
    const tokens = await Promise.all(["a", "b", "a"].map((key) => get(key).getToken()));
    expect(tokens).toMatchObject(["token-a", "token-b", "token-a"].map(text));
    expect(asked).toHaveLength(2);
    expect(clients()).toBe(1);
    expect(get("a").baseUrl).toBe("https://sandbox.example.com");
  });

  it("asks for a tenant's credentials at each token request, and never for a cached token", async () => {
    const { pool, clock } = vendorOf(tokenOf, single);
    const calls: string[] = [];
    const { get } = pool((key) => {
      calls.push(key);
      return credentialsOf(key);
    });
    for (let call = 0; call < 10; call++) await get("a").getToken();
    await get("b").getToken();
    expect(calls).toEqual(["a", "b"]);
    await clock.advance(HOUR * 1000);
    await get("a").getToken();
    expect(calls).toEqual(["a", "b", "a"]);
  });

  it("costs no caller an error when a tenant's secret rotates", async () => {
    const script = ({ clientSecret }: Credentials) => (clientSecret === "new" ? issued("a") : 401);
    const { pool, asked } = vendorOf(script, single);
    const secrets = ["old", "new"];
    const { get } = pool((clientId) => ({ clientId, clientSecret: secrets.shift() ?? "new" }));
    expect(await get("a").getToken()).toMatchObject({ accessToken: "a" });
    expect(asked).toHaveLength(2);
  });

  it("keeps one tenant's failures from the others", async () => {
    const script = (given: Credentials) => (given.clientId === "refused" ? 401 : tokenOf(given));
    const { pool, asked } = vendorOf(script, single);
    const { get } = pool((key) => {
      if (key === "unknown") throw new Error("no such tenant");
      return credentialsOf(key);
    });
    for (let call = 0; call < 5; call++) {
      await expect(get("refused").getToken()).rejects.toMatchObject({ code: "invalid_client" });
    }
    await expect(get("unknown").getToken()).rejects.toMatchObject({
      code: "credentials_unavailable",
      cause: { message: "no such tenant" },
    });
    expect(await get("a").getToken()).toMatchObject({ accessToken: "token-a" });
    expect(asked).toHaveLength(2);
  });

  it("shares each tenant's token through a store, with other pools and with caches", async () => {
    const store = memoryStore();
    const { pool, cache, asked } = vendorOf(tokenOf, single);
    const pools = [pool(credentialsOf, { store }), pool(credentialsOf, { store })];
    for (const { get } of pools) {
      expect(await get("a").getToken()).toMatchObject({ accessToken: "token-a" });
      expect(await get("b").getToken()).toMatchObject({ accessToken: "token-b" });
    }
    await cache(credentialsOf("a"), { store }).getToken();
    expect(asked).toHaveLength(2);
  });

  it("lets a tenant's refresh token go once a store has it, and finds it there again", async () => {
    const store = memoryStore();
    const script = [issued("a", "ra"), issued("b", "rb"), issued("a2", "ra2")];
    const { pool, asked, clock } = vendorOf(script, several);
    const tenants = pool((key) => ({ grant: "client_credentials", ...credentialsOf(key) }), {
      store,
      max: 1,
    });
    await tenants.get("a").getToken();
    await tenants.get("b").getToken();
    expect(tenants.size).toBe(1);
    await clock.advance(HOUR * 1000);
    await tenants.get("a").getToken();
    expect(asked[2]).toMatchObject({ grant: "refresh_token", refreshToken: "ra" });
  });

  it("keeps a tenant's refresh token that no store has", async () => {
    const { pool } = vendorOf([issued("a", "ra"), issued("b", "rb")], several);
    const tenants = pool((key) => ({ grant: "client_credentials", ...credentialsOf(key) }), { max: 1 });
    await tenants.get("a").getToken();
    await tenants.get("b").getToken();
    expect(tenants.size).toBe(2);
  });

  it("asks for the store key of a tenant by its key", async () => {
    const entries: string[] = [];
    const store = memoryStore();
    const set: typeof store.set = (key, ...rest) => {
      entries.push(key);
      return store.set(key, ...rest);
    };
    const { pool } = vendorOf(tokenOf, single);
    const storeKey = async (key: string) => `stored:${key}`;
    const { get } = pool(credentialsOf, { store: { ...store, set }, storeKey });
    await get("a").getToken();
    await get("b").getToken();
    expect(entries).toEqual(["stored:a", "stored:b"]);
  });

  it("tells of vendor and tenant in each event, and of each attempt", async () => {
    const events: TokenCacheEvent[] = [];
    const { pool, clock } = vendorOf([503, issued("a"), 401], single);
    const onEvent = (event: TokenCacheEvent) => void events.push(event);
    const { get } = pool(credentialsOf, { onEvent });
    const wait = get("a").getToken();
    for (let turn = 0; turn < 3; turn++) await clock.advance(0);
    get("a").invalidate(await wait);
    await get("b")
      .getToken()
      .catch(() => {});
    const [a, b] = ["a", "b"].map((key) => ({ vendor: "acme", key }));
    const error = expect.objectContaining({ vendor: "acme" });
    const renewed = { expiresAt: clock.now() + HOUR * 1000, duration: 0, from: "vendor" };
    expect(events).toEqual([
      { ...a, type: "requested", background: false },
      { ...a, type: "attempted", attempt: 1, duration: 0, error },
      { ...a, type: "attempted", attempt: 2, duration: 0 },
      { ...a, type: "renewed", ...renewed },
      { ...a, type: "invalidated" },
      { ...b, type: "requested", background: false },
      { ...b, type: "attempted", attempt: 1, duration: 0, error },
      { ...b, type: "failed", error, background: false },
    ]);
  });

  it.each([
    [{ max: 0 }, "max: expected a whole number from 1, such as 10000, received 0"],
    [
      { storeKey: "one" },
      "acme: storeKey: expected a function that returns the name for a tenant, since one name would give all of them one token, received string",
    ],
    [
      { tenants: 7 },
      `unknown acme option "tenants": expected one of server, variables, baseUrl, ${CLIENT_OPTIONS.join(", ")}, leeway, defaultLifetime, shareRequests, onEvent, clock, store, storeKey, attempts, timeout, max`,
    ],
  ])("refuses %j", (options, message) => {
    const { pool } = vendorOf([], single);
    expect(() => pool(credentialsOf, options)).toThrow(new TypeError(message));
  });

  it("refuses credentials that are not a function", () => {
    const { pool } = vendorOf([], single);
    expect(() => pool(credentialsOf("a") as never)).toThrow(
      new TypeError(
        "acme: credentialsOf: expected a function that returns the credentials of a tenant, received object",
      ),
    );
  });
});
