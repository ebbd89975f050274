import { inspect } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { answer, ask, credentials, endpoint, SECRET, type Send } from "../../test-support/acme-endpoint.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { requestToken } from "./request-token.ts";
import type { TokenRequestInit } from "./token-endpoint.ts";

describe("requestToken", () => {
  it("turns a success into a token that expires counted from when the request was sent", async () => {
    const clock = fakeClock();
    const sentAt = clock.now();
    const slow: Send = async () => {
      await clock.advance(2000);
      return answer(200, { token: "t", expiresIn: 60, tokenType: "bearer", scope: "a b", refreshToken: "r" });
    };
    const token = await requestToken(endpoint, slow, credentials, { clock });
    expect(token).toMatchObject({ accessToken: "t", tokenType: "Bearer", scope: "a b", refreshToken: "r" });
    expect(token.expiresAt).toBe(sentAt + 60_000);
  });

  it.each([null, "", 7, {}])("treats %j in an optional member as left out", async (value) => {
    const { token } = await ask([
      answer(200, { token: "t", tokenType: value, scope: value, refreshToken: value }),
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

describe("a refusal", () => {
  it.each<[status: number, code: string, retryable: boolean]>([
    [400, "invalid_request", false],
    [401, "invalid_client", false],
    [403, "invalid_client", false],
    [404, "unexpected_status", false],
    [408, "server_error", true],
    [418, "unexpected_status", false],
    [425, "server_error", true],
    [429, "rate_limited", true],
    [500, "server_error", true],
    [503, "server_error", true],
    [599, "server_error", true],
  ])("with status %i has code %s", async (status, code, retryable) => {
    const { error } = await ask([answer(status, "")], { attempts: 1 });
    expect(error).toMatchObject({
      name: "TokenRequestError",
      vendor: "acme",
      vendorStatus: status,
      code,
      retryable,
    });
    expect(error?.message).toBe(`acme: the token endpoint responded with ${status}`);
  });

  it("carries the vendor's words as the specification maps them", async () => {
    const problem = { code: 4711, reason: "no_luck", message: "Try harder" };
    const { error } = await ask([answer(401, { problem })]);
    expect(error).toMatchObject({ vendorCode: "4711", vendorReason: "no_luck", vendorMessage: "Try harder" });
    expect(error?.message).toBe("acme: the token endpoint responded with 401 (4711, no_luck, Try harder)");
  });

  it("carries an object as its JSON text", async () => {
    const { error } = await ask([answer(401, { problem: { message: { deep: [1] } } })]);
    expect(error?.vendorMessage).toBe('{"deep":[1]}');
  });

  it("falls back to the words of RFC 6749 where the specification maps none", async () => {
    const body = { error: "invalid_grant", error_description: "Code is used up" };
    const { error } = await ask([answer(400, body)]);
    expect(error).toMatchObject({
      code: "invalid_grant",
      vendorCode: "invalid_grant",
      vendorMessage: "Code is used up",
    });
  });

  it("of the client by a 400 is invalid_client", async () => {
    const { error } = await ask([answer(400, { error: "invalid_client" })]);
    expect(error?.code).toBe("invalid_client");
  });

  it("is not tried again when the credentials were rejected", async () => {
    for (const status of [400, 401, 403]) expect((await ask([answer(status, "")])).asked).toBe(1);
  });

  it("shows no secret that the vendor echoes, in whatever form", async () => {
    const echoes = [
      SECRET,
      encodeURIComponent(SECRET),
      JSON.stringify(SECRET),
      String(new URLSearchParams({ s: SECRET })),
    ];
    const problem = { code: SECRET, reason: echoes.join(" "), message: echoes };
    const { error } = await ask([answer(401, { problem })]);
    const shown = [
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      error?.message,
      error?.vendorReason,
    ];
    for (const text of shown) {
      for (const echo of [SECRET, encodeURIComponent(SECRET), "s3cr3t"]) expect(text).not.toContain(echo);
    }
    expect(error?.vendorCode).toBe("[redacted]");
  });
});

describe("a malformed response", () => {
  it.each([
    ["HTML", "<html><body>Welcome</body></html>", '"<html><body>Welcome</body></html>"'],
    ["an empty body", "", "an empty body"],
    ["no token", { hello: 1 }, '"{\\"hello\\":1}"'],
    ["a token that is not a string", { token: 7 }, "a body that may hold a credential (withheld)"],
    ["a token with a line break", { token: "abc\nSECRET" }, "a body that may hold a credential (withheld)"],
    ["a token beyond ASCII", { token: "t\u{1F511}" }, "a body that may hold a credential (withheld)"],
    ["an empty token", { token: "" }, "a body that may hold a credential (withheld)"],
    ["truncated JSON", '{"token":"eyJhbGciOi', "a body that may hold a credential (withheld)"],
    ["an echoed secret", `oops ${SECRET}`, "a body that may hold a credential (withheld)"],
    ["a long run of characters", "x".repeat(20), "a body that may hold a credential (withheld)"],
    ["null", "null", '"null"'],
    ["an array", "[]", '"[]"'],
  ])("of %s says so without any secret", async (_name, body, received) => {
    const { error, asked } = await ask([answer(200, body)]);
    expect(error).toMatchObject({ code: "malformed_response", vendorStatus: 200, retryable: false });
    expect(error?.message).toBe(
      `acme: the token endpoint responded with 200: expected a token response as the specification says, received ${received}`,
    );
    expect(error?.cause).toBeUndefined();
    expect(asked).toBe(1);
  });

  it("quotes 200 characters of the body at most", async () => {
    const { error } = await ask([answer(200, "word ".repeat(100))]);
    expect(error?.message.split("received ")[1]).toHaveLength(202);
  });
});

describe("a transient failure", () => {
  it.each([
    ["a 503", answer(503, "")],
    ["no connection", new TypeError("fetch failed")],
  ])("such as %s is tried again, three requests in all", async (_name, failure) => {
    const again = () => (failure instanceof Response ? failure.clone() : failure);
    const recovered = await ask([again(), again(), answer(200, { token: "t" })]);
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
      const busy = () => answer(503, "", { "retry-after": value });
      const { waited, asked } = await ask([busy(), busy(), answer(200, { token: "t" })]);
      expect(asked).toBe(3);
      expect(waited).toBeGreaterThanOrEqual(0.9 * (500 + 1000));
    },
  );

  it("waits for what Retry-After says and for the back-off", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.9);
    onTestFinished(() => random.mockRestore());
    const { waited } = await ask([answer(429, "", { "retry-after": "7" }), answer(200, { token: "t" })]);
    expect(waited).toBeGreaterThanOrEqual(7450);
  });

  it("waits as long as Retry-After says", async () => {
    const { waited, asked } = await ask([
      answer(429, "", { "retry-after": "7" }),
      answer(200, { token: "t" }),
    ]);
    expect(asked).toBe(2);
    expect(waited).toBeGreaterThanOrEqual(7000);
    expect(waited).toBeLessThan(7600);
  });

  it("takes a date in Retry-After", async () => {
    const clock = fakeClock();
    const date = new Date(clock.now() + 5000).toUTCString();
    const { waited } = await ask([answer(503, "", { "retry-after": date }), answer(200, { token: "t" })], {
      clock,
    });
    expect(waited).toBeGreaterThanOrEqual(5000);
  });

  it("is thrown at once when Retry-After asks for more than 10 s, and says how long", async () => {
    const { error, asked, waited } = await ask([answer(503, "", { "retry-after": "11" })]);
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

describe("a token whose life is over when it arrives", () => {
  const gone = () => answer(200, { token: "t", expiresAt: "2025-12-31T23:59:59Z" });

  it("is asked for again at once, and only once", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.9);
    onTestFinished(() => random.mockRestore());
    const { error, asked, waited } = await ask([gone(), gone()]);
    expect(error).toMatchObject({ code: "already_expired", retryable: true });
    expect(asked).toBe(2);
    expect(waited).toBeLessThan(450);
  });

  it("is forgotten when the next one is good", async () => {
    const { token, asked } = await ask([gone(), answer(200, { token: "good", expiresIn: 60 })]);
    expect([token?.accessToken, asked]).toEqual(["good", 2]);
  });

  it("is asked for once where only one attempt is allowed", async () => {
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
      const wait = requestToken(endpoint, () => answer(200, {}), credentials, options as never);
      await expect(wait).rejects.toThrow(TypeError);
    },
  );

  it("is put away when the answer arrives", async () => {
    const clock = fakeClock();
    await requestToken(endpoint, () => answer(200, { token: "t" }), credentials, { clock });
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
    const busy: Send = () => answer(503, "", { "retry-after": "9" });
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
      return answer(200, { token: "t" });
    };
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(requestToken(endpoint, client, credentials, { signal })).rejects.toThrow("enough");
    expect(asked).toBe(0);
  });
});
