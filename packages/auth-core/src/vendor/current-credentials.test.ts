import { describe, expect, it } from "vitest";
import { during } from "../../test-support/fleet.ts";
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
import type { TokenRequestError } from "../token-request-error.ts";

const old = { clientId: "id", clientSecret: "old" };
const next = { clientId: "id", clientSecret: "new" };
const codeOf = (wait: Promise<unknown>) =>
  wait.then(
    () => "a token",
    (error: TokenRequestError) => error.code,
  );

/** The vendor asks for a minute. */
const throttled = new Response("", { status: 429, headers: { "retry-after": "60" } });

/** A function that gives these credentials in turn, the last of them for ever. */
function inTurn(...given: readonly Credentials[]) {
  let calls = 0;
  const credentials = async () => given[Math.min(calls++, given.length - 1)] as Credentials;
  return { credentials, calls: () => calls };
}

describe("credentials as a function", () => {
  it("are asked for at each token request, and never for a cached token", async () => {
    const { cache, asked, clock } = vendorOf([issued("a"), issued("b")], single);
    const { credentials, calls } = inTurn(old, next);
    const tokens = cache(credentials);
    expect(calls()).toBe(0);
    for (let call = 0; call < 10; call++) await tokens.getToken();
    expect(calls()).toBe(1);
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked).toEqual([old, next]);
  });

  it("may be returned directly instead of in a promise", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    await cache(() => old).getToken();
    expect(asked).toEqual([old]);
  });

  it("that rotate cost no caller an error: others are tried at once when the vendor refuses", async () => {
    const { cache, asked, clock } = vendorOf([issued("a"), 401, issued("b")], single);
    const tokens = cache(inTurn(old, old, next).credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const all = await Promise.all(Array.from({ length: 200 }, () => tokens.getToken()));
    expect(new Set(all.map(({ accessToken }) => accessToken))).toEqual(new Set(["b"]));
    expect(asked).toEqual([old, old, next]);
  });

  it("that stay the same are not tried twice, and the refusal is remembered", async () => {
    const { cache, asked } = vendorOf([401], single);
    const { credentials, calls } = inTurn(old);
    const tokens = cache(credentials);
    for (let call = 0; call < 20; call++) expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    expect(asked).toEqual([old]);
    expect(calls()).toBe(2);
  });

  it("are looked at once a second while a refusal is remembered, and others end it", async () => {
    const { cache, asked, clock } = vendorOf([401, issued("a")], single);
    const { credentials, calls } = inTurn(old, old, old, next);
    const tokens = cache(credentials);
    expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    await clock.advance(999);
    expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    expect(calls()).toBe(2);
    await clock.advance(1);
    for (let call = 0; call < 5; call++) expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    expect(calls()).toBe(3);
    await clock.advance(1000);
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked).toEqual([old, next]);
  });

  it("are refused with one `failed` event, however often the refusal is met after that", async () => {
    const { cache, clock } = vendorOf([401], single);
    const events: string[] = [];
    const tokens = cache(inTurn(old).credentials, {
      onEvent: ({ type }: TokenCacheEvent) => void events.push(type),
    });
    for (let call = 0; call < 5; call++) {
      await codeOf(tokens.getToken());
      await clock.advance(call < 3 ? 0 : 1000);
    }
    expect(events).toEqual(["requested", "attempted", "failed"]);
  });

  it("are tried by a forced renewal while a refusal is remembered, once a second", async () => {
    const { cache, asked, clock } = vendorOf([401, 401, issued("a")], single);
    const tokens = cache(inTurn(old).credentials);
    const forced = () => codeOf(tokens.getToken({ forceRenew: true }));
    for (let call = 0; call < 5; call++) expect(await forced()).toBe("invalid_client");
    expect(asked).toHaveLength(1);
    await clock.advance(1000);
    for (let call = 0; call < 5; call++) expect(await forced()).toBe("invalid_client");
    expect(asked).toHaveLength(2);
    await clock.advance(1000);
    expect(await forced()).toBe("a token");
  });

  it("do not shorten the wait that a vendor asks for", async () => {
    const { cache, asked, clock } = vendorOf([throttled, issued("a")], single);
    const tokens = cache(inTurn(old).credentials);
    for (let call = 0; call < 5; call++) expect(await codeOf(tokens.getToken())).toBe("rate_limited");
    await clock.advance(59_999);
    expect(await codeOf(tokens.getToken())).toBe("rate_limited");
    expect(asked).toHaveLength(1);
    await clock.advance(1);
    expect(await codeOf(tokens.getToken())).toBe("a token");
  });

  it("that rotate do not cause a lost refresh token to be sent again", async () => {
    const rotated = (clientSecret: string) => ({ grant: "client_credentials", clientId: "id", clientSecret });
    const lost = Object.assign(new Error("fetch failed"), { code: "ECONNRESET" });
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), lost, 503, 503, 503, issued("b")], several);
    const tokens = cache(inTurn(rotated("old"), rotated("old"), rotated("new")).credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await during(clock, codeOf(tokens.getToken()))).toBe("server_error");
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked.map(({ refreshToken }) => refreshToken)).toEqual([
      undefined,
      "r1",
      ...Array(4).fill(undefined),
    ]);
  });

  it("are tried again when the refusal has been remembered for long enough, though they are the same", async () => {
    const { cache, asked, clock } = vendorOf([401, issued("a")], single);
    const tokens = cache(inTurn(old).credentials);
    expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    await clock.advance(10_000);
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked).toEqual([old, old]);
  });

  it("that change do not renew with the refresh token that came for others", async () => {
    const client = { grant: "client_credentials", clientId: "id", clientSecret: "old" };
    const rotated = { ...client, clientSecret: "new" };
    const other = { ...rotated, clientId: "other" };
    const { cache, asked, clock } = vendorOf(
      [issued("a", "r1"), issued("b", "r2"), issued("c", "r3"), issued("d", "r4")],
      several,
    );
    const tokens = cache(inTurn(client, rotated, other).credentials);
    for (let renewal = 0; renewal < 4; renewal++) {
      await tokens.getToken();
      await clock.advance(HOUR * 1000);
    }
    const refresh = { grant: "refresh_token", clientId: "other", clientSecret: "new", refreshToken: "r3" };
    expect(asked).toEqual([client, rotated, other, refresh]);
  });

  it("that cannot be obtained are a retryable error, which is not remembered", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    let calls = 0;
    const tokens = cache(() => {
      if (calls++ === 0) throw new Error("the secrets manager is down");
      return old;
    });
    const error = await tokens.getToken().catch((thrown: TokenRequestError) => thrown);
    expect(error).toMatchObject({
      code: "credentials_unavailable",
      retryable: true,
      cause: { message: "the secrets manager is down" },
    });
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked).toHaveLength(1);
  });

  it.each([
    ["nothing", undefined, "acme: credentials: expected an object, received undefined"],
    [
      "half of them",
      { clientId: "id" },
      "acme: credentials.clientSecret: expected a non-empty string, received nothing",
    ],
  ])("that are %s reject with a TypeError", async (_name, given, message) => {
    const { cache } = vendorOf([], single);
    await expect(cache(() => given as never).getToken()).rejects.toThrow(new TypeError(message));
  });
});

describe("a credential as a function", () => {
  const clientId = "id";

  it("is asked for at each token request, and never for a cached token", async () => {
    const { cache, asked, clock } = vendorOf([issued("a"), issued("b")], single);
    let calls = 0;
    const tokens = cache({ clientId, clientSecret: async () => `secret-${++calls}` });
    expect(calls).toBe(0);
    for (let call = 0; call < 10; call++) await tokens.getToken();
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked.map(({ clientSecret }) => clientSecret)).toEqual(["secret-1", "secret-2"]);
  });

  it("may be among those that a function returns, and may return directly", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    await cache(async () => ({ clientId, clientSecret: () => "secret" })).getToken();
    expect(asked).toEqual([{ clientId, clientSecret: "secret" }]);
  });

  it("that rotates costs no error, and another value ends the refusal of a stable one", async () => {
    const { cache, asked, clock } = vendorOf([401, issued("a"), 401, issued("b")], single);
    const given = ["old", "new", "new", "new", "new", "newer"];
    const tokens = cache({ clientId, clientSecret: () => given.shift() as string });
    expect(await codeOf(tokens.getToken())).toBe("a token");
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("invalid_client");
    await clock.advance(1000);
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked.map(({ clientSecret }) => clientSecret)).toEqual(["old", "new", "new", "newer"]);
  });

  it("that returns another value each time does not end a refusal", async () => {
    const { cache, asked, clock } = vendorOf([401, issued("a")], single);
    let calls = 0;
    const tokens = cache({ clientId, clientSecret: () => `assertion-${++calls}` });
    for (let second = 0; second < 10; second++) {
      expect(await codeOf(tokens.getToken())).toBe("invalid_client");
      await clock.advance(1000);
    }
    expect(asked).toHaveLength(1);
    expect(await codeOf(tokens.getToken())).toBe("a token");
  });

  it("is asked for again at each attempt, since an assertion is good for one", async () => {
    const { cache, asked, clock } = vendorOf([503, 503, issued("a")], single);
    let calls = 0;
    const tokens = cache({ clientId, clientSecret: () => `assertion-${++calls}` });
    expect(await during(clock, codeOf(tokens.getToken()))).toBe("a token");
    expect(asked.map(({ clientSecret }) => clientSecret)).toEqual([
      "assertion-1",
      "assertion-2",
      "assertion-3",
    ]);
  });

  it.each<[string, () => unknown, string]>([
    [
      "throws",
      () => {
        throw new Error("the vault is sealed");
      },
      "acme: the function that returns clientSecret failed",
    ],
    [
      "gives a number",
      () => 7,
      "acme: the function that returns clientSecret: expected a non-empty string, received number",
    ],
    [
      "gives nothing",
      async () => undefined,
      "acme: the function that returns clientSecret: expected a non-empty string, received nothing",
    ],
  ])("that %s is a retryable error, which is not remembered", async (_name, clientSecret, message) => {
    const { cache, asked } = vendorOf([issued("a")], single);
    const values = [clientSecret, () => "secret"];
    const tokens = cache({ clientId, clientSecret: () => values.shift()?.() as string });
    const code = "credentials_unavailable";
    await expect(tokens.getToken()).rejects.toMatchObject({ code, retryable: true, message });
    expect(await codeOf(tokens.getToken())).toBe("a token");
    expect(asked).toHaveLength(1);
  });

  it("needs a store key, since the value may be another at each request", async () => {
    const { cache, asked } = vendorOf([issued("a")], single);
    const store = memoryStore();
    const given = { clientId, clientSecret: () => "secret" };
    const message =
      "acme: storeKey: expected the name under which the token is stored, since credentials.clientSecret is a function, received none";
    expect(() => cache(given, { store })).toThrow(new TypeError(message));
    await expect(cache(() => given, { store }).getToken()).rejects.toThrow(new TypeError(message));
    for (const options of [
      { store, storeKey: "a" },
      { store, storeKey: "a" },
    ])
      await cache(given, options).getToken();
    expect(asked).toHaveLength(1);
  });
});
