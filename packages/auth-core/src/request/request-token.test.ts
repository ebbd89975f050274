import { describe, expect, it, onTestFinished, vi } from "vitest";
import { ask, credentials, endpoint, respond, SECRET, type Send } from "../../test-support/acme-endpoint.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { requestToken } from "./request-token.ts";
import type { TokenRequestInit } from "./token-endpoint.ts";

describe("requestToken", () => {
  it("turns a success into a token that expires counted from when the request was sent", async () => {
    const clock = fakeClock();
    const sentAt = clock.now();
    const slow: Send = async () => {
      await clock.advance(2000);
      return respond(200, {
        token: "t",
        expiresIn: 60,
        tokenType: "bearer",
        scope: "a b",
        refreshToken: "r",
      });
    };
    const token = await requestToken(endpoint, slow, credentials, { clock });
    expect(token).toMatchObject({ accessToken: "t", tokenType: "Bearer", scope: "a b", refreshToken: "r" });
    expect(token.expiresAt).toBe(sentAt + 60_000);
  });

  it.each([null, "", 7, {}])("treats %j in an optional member as left out", async (value) => {
    const { token } = await ask([
      respond(200, { token: "t", tokenType: value, scope: value, refreshToken: value }),
    ]);
    expect(token).toMatchObject({ tokenType: "Bearer", scope: undefined, refreshToken: undefined });
  });

  it("does not follow redirects", async () => {
    let init: TokenRequestInit | undefined;
    const client: Send = (given) => {
      init = given;
      return new Response(null, { status: 307, headers: { location: "https://elsewhere.example" } });
    };
    await expect(requestToken(endpoint, client, credentials)).rejects.toMatchObject({
      code: "unexpected_status",
      vendorStatus: 307,
      retryable: false,
    });
    expect(init?.redirect).toBe("manual");
  });
});

describe("a transient failure", () => {
  it.each([
    ["a 503", respond(503, "")],
    ["no connection", new TypeError("fetch failed")],
  ])("such as %s is tried again, three requests in all", async (_name, failure) => {
    const again = () => (failure instanceof Response ? failure.clone() : failure);
    const recovered = await ask([again(), again(), respond(200, { token: "t" })]);
    expect(recovered.token?.accessToken).toBe("t");
    const lost = await ask([again(), again(), again()]);
    expect(lost.error?.retryable).toBe(true);
    expect(lost.asked).toBe(3);
  });

  it.each(["0", "Thu, 01 Jan 2015 00:00:00 GMT", "-5", "1.5", "rubbish"])(
    "is backed off from although Retry-After says %s",
    async (value) => {
      const random = vi.spyOn(Math, "random").mockReturnValue(0.9);
      onTestFinished(() => random.mockRestore());
      const busy = () => respond(503, "", { "retry-after": value });
      const { waited, asked } = await ask([busy(), busy(), respond(200, { token: "t" })]);
      expect(asked).toBe(3);
      expect(waited).toBeGreaterThanOrEqual(0.9 * (500 + 1000));
    },
  );

  it("waits for what Retry-After says and for the back-off", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.9);
    onTestFinished(() => random.mockRestore());
    const { waited } = await ask([respond(429, "", { "retry-after": "7" }), respond(200, { token: "t" })]);
    expect(waited).toBeGreaterThanOrEqual(7450);
  });

  it("waits as long as Retry-After says", async () => {
    const { waited, asked } = await ask([
      respond(429, "", { "retry-after": "7" }),
      respond(200, { token: "t" }),
    ]);
    expect(asked).toBe(2);
    expect(waited).toBeGreaterThanOrEqual(7000);
    expect(waited).toBeLessThan(7600);
  });

  it("takes a date in Retry-After", async () => {
    const clock = fakeClock();
    const date = new Date(clock.now() + 5000).toUTCString();
    const { waited } = await ask([respond(503, "", { "retry-after": date }), respond(200, { token: "t" })], {
      clock,
    });
    expect(waited).toBeGreaterThanOrEqual(5000);
  });

  it("is thrown immediately when Retry-After asks for more than 10 s, and says how long", async () => {
    const { error, asked, waited } = await ask([respond(503, "", { "retry-after": "11" })]);
    expect(error).toMatchObject({ code: "server_error", retryAfter: 11_000 });
    expect([asked, waited]).toEqual([1, 50]);
  });

  it("keeps what is known of its cause, without secrets", async () => {
    const cause = Object.assign(new Error(`connect ECONNREFUSED as ${SECRET}`), { code: "ECONNREFUSED" });
    const { error } = await ask([new TypeError("fetch failed", { cause })], { attempts: 1 });
    expect(error).toMatchObject({
      code: "network_error",
      cause: {
        message: "fetch failed",
        cause: { code: "ECONNREFUSED", message: "connect ECONNREFUSED as [redacted]" },
      },
    });
  });
});

describe("a token that has expired when it arrives", () => {
  const gone = () => respond(200, { token: "t", expiresAt: "2025-12-31T23:59:59Z" });

  it("is requested again immediately, and only once", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.9);
    onTestFinished(() => random.mockRestore());
    const { error, asked, waited } = await ask([gone(), gone()]);
    expect(error).toMatchObject({ code: "already_expired", retryable: true });
    expect(asked).toBe(2);
    expect(waited).toBeLessThan(450);
  });

  it("is forgotten when the next one is good", async () => {
    const { token, asked } = await ask([gone(), respond(200, { token: "good", expiresIn: 60 })]);
    expect([token?.accessToken, asked]).toEqual(["good", 2]);
  });

  it("is requested once if only one attempt is allowed", async () => {
    expect((await ask([gone()], { attempts: 1 })).asked).toBe(1);
  });
});

describe("the deadline", () => {
  it("ends an attempt after 10 s, though the request ignores its signal", async () => {
    const clock = fakeClock();
    let signal: AbortSignal | undefined;
    const silent: Send = (init) => {
      signal = init.signal;
      return new Promise(() => {});
    };
    const wait = requestToken(endpoint, silent, credentials, { clock, attempts: 1 }).catch(
      (error: unknown) => error,
    );
    await clock.advance(9999);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await wait).toMatchObject({
      code: "timeout",
      retryable: true,
      message: "acme: no response from the token endpoint within 10000 ms",
    });
    expect(signal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it("is `timeout`, to the tick", async () => {
    const clock = fakeClock();
    const silent: Send = () => new Promise(() => {});
    let error: unknown;
    requestToken(endpoint, silent, credentials, { clock, attempts: 1, timeout: 250 }).catch((thrown) => {
      error = thrown;
    });
    await clock.advance(249);
    expect(error).toBeUndefined();
    await clock.advance(1);
    expect(error).toMatchObject({ code: "timeout" });
  });

  it.each([{ timeout: 60_001 }, { timeout: Number.NaN }, { attempts: 0 }, { attempts: "3" }])(
    "and attempts are refused when they are %j",
    async (options) => {
      const wait = requestToken(endpoint, () => respond(200, {}), credentials, options as never);
      await expect(wait).rejects.toThrow(TypeError);
    },
  );

  it("is cleared when the response arrives", async () => {
    const clock = fakeClock();
    await requestToken(endpoint, () => respond(200, { token: "t" }), credentials, { clock });
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });
});

describe("a caller's signal", () => {
  it("ends the request with its reason", async () => {
    const controller = new AbortController();
    const wait = requestToken(endpoint, () => new Promise<never>(() => {}), credentials, {
      signal: controller.signal,
    });
    controller.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
  });

  it("ends the wait between two attempts", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const options = { clock, signal: controller.signal };
    const busy: Send = () => respond(503, "", { "retry-after": "9" });
    const wait = requestToken(endpoint, busy, credentials, options).catch((error: unknown) => error);
    await clock.advance(1000);
    controller.abort(new Error("enough"));
    expect(await wait).toEqual(new Error("enough"));
    expect(clock.pending).toBe(0);
  });

  it("that is aborted already prevents the request", async () => {
    let asked = 0;
    const client: Send = () => {
      asked++;
      return respond(200, { token: "t" });
    };
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(requestToken(endpoint, client, credentials, { signal })).rejects.toThrow("enough");
    expect(asked).toBe(0);
  });
});
