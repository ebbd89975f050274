import { describe, expect, it } from "vitest";
import { during } from "../../test-support/fleet.ts";
import {
  HOUR,
  issued,
  NEVER_ROTATED,
  several,
  single,
  vendorOf,
} from "../../test-support/scripted-vendor.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { TokenRequestError } from "../token-request-error.ts";

describe("refresh tokens", () => {
  const credentials = { grant: "client_credentials", clientId: "id", clientSecret: "secret" };
  const refresh = (refreshToken: string) => ({
    grant: "refresh_token",
    clientId: "id",
    refreshToken,
    clientSecret: "secret",
  });
  const codeOf = (wait: Promise<unknown>) => wait.catch((error: TokenRequestError) => error.code);

  it("renew the token, and a rotated one replaces the one before", async () => {
    const { cache, asked, clock } = vendorOf(
      [issued("a", "r1"), issued("b", "r2"), issued("c", "r3")],
      several,
    );
    const tokens = cache(credentials);
    for (const accessToken of ["a", "b", "c"]) {
      expect(await tokens.getToken()).toMatchObject({ accessToken });
      await clock.advance(HOUR * 1000);
    }
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r2")]);
  });

  it("are kept when the vendor leaves them out", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), issued("b"), issued("c")], several);
    const tokens = cache(credentials);
    for (let renewal = 0; renewal < 3; renewal++) {
      await tokens.getToken();
      await clock.advance(HOUR * 1000);
    }
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r1")]);
  });

  it("are used after an invalidation, too", async () => {
    const { cache, asked } = vendorOf([issued("a", "r1"), issued("b")], several);
    const tokens = cache(credentials);
    tokens.invalidate(await tokens.getToken());
    await tokens.getToken();
    expect(asked).toEqual([credentials, refresh("r1")]);
  });

  it.each([400, 401, 403])("that are refused with %i fall back to the original grant", async (status) => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), status, issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b", refreshToken: "r2" });
    expect(asked).toEqual([credentials, refresh("r1"), credentials]);
  });

  it("of an authorization code that are refused end in an error that says to authorize again", async () => {
    const code = { grant: "authorization_code", clientId: "id", code: "c1" };
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), 400], several);
    const tokens = cache(code);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const error = await tokens.getToken().catch((thrown: TokenRequestError) => thrown);
    expect(error).toMatchObject({ code: "authorization_required", cause: { vendorStatus: 400 } });
    expect((error as Error).message).toContain("authorize again");
    expect(asked).toHaveLength(2);
  });

  it("that an authorization code did not come with are not replaced by using the code twice", async () => {
    const { cache, asked, clock } = vendorOf([issued("a")], several);
    const tokens = cache({ grant: "authorization_code", clientId: "id", code: "c1" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    expect(asked).toHaveLength(1);
  });

  it("given as credentials are spent once and then rotated", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r2"), issued("b", "r3")], several);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked.map(({ refreshToken }) => refreshToken)).toEqual(["r1", "r2"]);
  });

  it("are of no use to a vendor without that grant", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), issued("b")], single);
    const tokens = cache({ clientId: "id", clientSecret: "secret" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked[1]).toEqual(asked[0]);
  });

  it("survive a transient failure", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), 503, issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const renewed = tokens.getToken();
    for (let wait = 0; wait < 20; wait++) await clock.advance(100);
    expect(await renewed).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r1")]);
  });

  const lost = () => Object.assign(new Error("fetch failed"), { cause: errorOf("ECONNRESET") });
  const unsent = () => Object.assign(new Error("fetch failed"), { cause: errorOf("ECONNREFUSED") });

  it("whose response was lost are not sent again: the original grant takes over", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), lost(), issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, refresh("r1"), credentials]);
  });

  it("whose response was lost are not sent by a later renewal either", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), lost(), 400, issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("invalid_request");
    await clock.advance(10_000);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, refresh("r1"), credentials, credentials]);
  });

  it("whose response was lost end in an error where the original grant is used up", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), lost()], several);
    const tokens = cache({ grant: "authorization_code", clientId: "id", code: "c1" });
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    expect(asked).toHaveLength(2);
  });

  it("given as credentials are not sent again when the response was lost", async () => {
    const { cache, asked, clock } = vendorOf([lost()], several);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" });
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    await clock.advance(HOUR * 1000);
    expect(await codeOf(tokens.getToken())).toBe("authorization_required");
    expect(asked).toHaveLength(1);
  });

  it("given as credentials are sent again when the response was lost, where responses never hold another", async () => {
    const { cache, asked, clock } = vendorOf([lost(), issued("a"), issued("b")], several, NEVER_ROTATED);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" });
    const first = tokens.getToken();
    for (let wait = 0; wait < 20; wait++) await clock.advance(100);
    expect(await first).toMatchObject({ accessToken: "a", refreshToken: undefined });
    await clock.advance(HOUR * 1000);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b" });
    expect(asked.map(({ refreshToken }) => refreshToken)).toEqual(["r1", "r1", "r1"]);
  });

  it("that never left this machine are sent again", async () => {
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), unsent(), issued("b", "r2")], several);
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const renewed = tokens.getToken();
    for (let wait = 0; wait < 20; wait++) await clock.advance(100);
    expect(await renewed).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r1")]);
  });

  it("given as credentials go on renewing where the vendor does not rotate them", async () => {
    const { cache, asked, clock } = vendorOf([issued("a"), issued("b"), issued("c")], several);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" });
    for (const accessToken of ["a", "b", "c"]) {
      expect(await tokens.getToken()).toMatchObject({ accessToken });
      await clock.advance(HOUR * 1000);
    }
    expect(asked.map(({ refreshToken }) => refreshToken)).toEqual(["r1", "r1", "r1"]);
  });

  it("survive a caller who leaves while the vendor rotates them", async () => {
    const { cache, asked, clock } = vendorOf(
      [issued("a", "r1"), issued("b", "r2"), issued("c", "r3")],
      several,
    );
    const tokens = cache(credentials);
    await tokens.getToken();
    await clock.advance(HOUR * 1000);
    const leaving = new AbortController();
    const wait = tokens.getToken({ signal: leaving.signal });
    leaving.abort(new Error("left"));
    await expect(wait).rejects.toThrow("left");
    expect(await tokens.getToken()).toMatchObject({ accessToken: "b" });
    await clock.advance(HOUR * 1000);
    await tokens.getToken();
    expect(asked).toEqual([credentials, refresh("r1"), refresh("r2")]);
  });

  it("are not sent while another process may be using them", async () => {
    const store = { ...memoryStore(), lock: async () => undefined };
    const { cache, asked, clock } = vendorOf([issued("a", "r1"), issued("b")], several);
    const tokens = cache(credentials, { store });
    await during(clock, tokens.getToken());
    await clock.advance(HOUR * 1000);
    expect(await during(clock, tokens.getToken())).toMatchObject({ accessToken: "b" });
    expect(asked).toEqual([credentials, credentials]);
  });

  it("given as credentials are not sent either, and the error says that it may work later", async () => {
    const store = { ...memoryStore(), lock: async () => undefined };
    const { cache, asked, clock } = vendorOf([], several);
    const tokens = cache({ grant: "refresh_token", clientId: "id", refreshToken: "r1" }, { store });
    const error = await during(clock, tokens.getToken()).catch((thrown: TokenRequestError) => thrown);
    expect(error).toMatchObject({ code: "timeout", retryable: true });
    expect(asked).toEqual([]);
  });
});

function errorOf(code: string): Error {
  return Object.assign(new Error(code), { code });
}
