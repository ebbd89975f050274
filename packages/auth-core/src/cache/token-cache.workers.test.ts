import { describe, expect, it } from "vitest";
import { cacheOf, living, MINUTE, text } from "../../test-support/cache-of.ts";

describe("without shared requests, as on Cloudflare Workers", () => {
  it("every caller who finds no token makes its own request, and the last token is held", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")], {
      shareRequests: false,
    });
    expect(await Promise.all([text(tokens), text(tokens)])).toEqual(["a", "b"]);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(2);
  });

  it("a stale token is handed out without a background renewal, an expired one is renewed", async () => {
    const { tokens, source, clock } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")], {
      shareRequests: false,
    });
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(await text(tokens)).toBe("a");
    expect(source.requests).toHaveLength(1);
    await clock.advance(11 * MINUTE);
    expect(await text(tokens)).toBe("b");
  });

  it("an aborted caller ends its own wait only", async () => {
    const { tokens, source } = cacheOf((clock) => [() => new Promise<never>(() => {}), living(clock, "b")], {
      shareRequests: false,
    });
    const leaving = new AbortController();
    const first = tokens.getToken({ signal: leaving.signal });
    const second = text(tokens);
    leaving.abort(new Error("left"));
    await expect(first).rejects.toThrow("left");
    expect(await second).toBe("b");
    expect(source.requests.map(({ signal }) => signal.aborted)).toEqual([false, false]);
  });
});
