import { type AuthorizedFetchOptions, authorizedFetch, type TokenCache } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { describe, expect, it } from "vitest";
import type { RunningSandbox } from "./running-sandbox.ts";
import { DEFAULT_LIFETIME, needsCertificate, type Subject } from "./subject.ts";

const MANY = 50;
const LATE = 10;

/** A token's life over a real socket, for every grant and media type: got, shared, used, expired, revoked. */
export function testLifecycle(subject: Subject, running: RunningSandbox): void {
  const ways = subject.spec.operations.flatMap(({ grants, mediaTypes, success }) =>
    grants.flatMap(({ name: grant }) =>
      (mediaTypes.length > 0 ? mediaTypes : [undefined]).map((mediaType) => ({ grant, mediaType, success })),
    ),
  );

  describe.each(ways)("$grant as $mediaType", ({ grant, mediaType, success: { mapping } }) => {
    /** In seconds: what its responses state, else what is documented, else the runtime's. */
    const lifetime = () => {
      if (typeof mapping.expires_in === "string" || mapping.expires_at) return running.vendor.lifetime;
      return Number(mapping.expires_in?.constant ?? DEFAULT_LIFETIME);
    };
    const requests = () => running.vendor.counts.tokenRequests;
    const createTokens = () =>
      subject.createTokenCache(running.vendor.credentials(grant), {
        baseUrl: running.baseUrl,
        headers: mediaType === undefined ? {} : { "Content-Type": mediaType },
        clock: running.clock,
      });
    const whoami = (tokens: VendorTokenCache, options?: AuthorizedFetchOptions) =>
      authorizedFetch(tokens, {
        ...(needsCertificate(subject.spec) && { fetch: globalThis.fetch }),
        ...options,
      })(`${tokens.baseUrl}/whoami`);
    const many = (tokens: TokenCache) => Promise.all(Array.from({ length: MANY }, () => tokens.getToken()));

    it("gets a token once and hands it out until it expires", async () => {
      const tokens = createTokens();
      expect(tokens.peek()).toBeUndefined();
      const token = await tokens.getToken();
      expect(await tokens.getToken()).toBe(token);
      expect(tokens.peek()).toBe(token);
      expect(token.expiresAt).toBe(running.clock.now() + lifetime() * 1000);
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 1, tokensIssued: 1, refused: 0 });
    });

    it(`makes one request for ${MANY} callers, cold and after the expiry`, async () => {
      const tokens = createTokens();
      const [first, ...others] = await many(tokens);
      expect(new Set([first, ...others]).size).toBe(1);
      expect(requests()).toBe(1);

      running.clock.advance(running.vendor.lifetime * 1000);
      expect(tokens.peek()).toBeUndefined();
      const [second] = new Set(await many(tokens));
      expect(second?.accessToken).not.toBe(first?.accessToken);
      expect(requests()).toBe(2);
    });

    it("attaches the token to a call", async () => {
      const response = await whoami(createTokens());
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ vendor: subject.vendor, grant });
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 1, resourceRequests: 1, refused: 0 });
    });

    it("keeps the token from other origins", async () => {
      const tokens = createTokens();
      let sent = 0;
      const fetch = authorizedFetch(tokens, {
        fetch: async () => {
          sent++;
          return new Response();
        },
      });
      await expect(fetch("https://elsewhere.example.com/whoami")).rejects.toThrow(TypeError);
      expect([sent, requests()]).toEqual([0, 0]);
    });

    it("renews a revoked token once, and the call succeeds", async () => {
      const tokens = createTokens();
      const { accessToken } = await tokens.getToken();
      expect(running.vendor.revoke(accessToken)).toBe(true);
      const response = await whoami(tokens);
      expect(response.status).toBe(200);
      expect(tokens.peek()?.accessToken).not.toBe(accessToken);
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 2, resourceRequests: 2, refused: 1 });
    });

    it(`renews a revoked token once for ${LATE} calls, most of whose 401s come late`, async () => {
      const tokens = createTokens();
      const { accessToken } = await tokens.getToken();
      running.vendor.revoke(accessToken);
      let releaseLate = () => {};
      const released = new Promise<void>((resolve) => {
        releaseLate = resolve;
      });
      const late: AuthorizedFetchOptions = {
        async fetch(input, init) {
          const response = await fetch(input, init);
          if (response.status === 401) await released;
          return response;
        },
      };
      const calls = Array.from({ length: LATE - 1 }, () => whoami(tokens, late));
      const first = await whoami(tokens);
      releaseLate();
      const statuses = [first, ...(await Promise.all(calls))].map(({ status }) => status);
      expect(statuses).toEqual(Array(LATE).fill(200));
      expect(running.vendor.counts).toMatchObject({
        tokenRequests: 2,
        resourceRequests: 2 * LATE,
        refused: LATE,
      });
    });

    it("passes a second 401 through", async () => {
      running.vendor.fault({ on: "resource", status: 401 });
      const response = await whoami(createTokens());
      expect(response.status).toBe(401);
      expect(running.vendor.counts).toMatchObject({ tokenRequests: 2, resourceRequests: 2 });
    });
  });
}
