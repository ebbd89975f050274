import { describe, expect, it } from "vitest";
import {
  endpoint as acme,
  credentials,
  respond,
  SECRET,
  type Send,
} from "../../test-support/acme-endpoint.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import type { TokenRequestError } from "../token-request-error.ts";
import { requestToken } from "./request-token.ts";

/** Sends as openapi-fetch does: the middleware first. */
const endpoint: typeof acme = {
  ...acme,
  send(client, given, init) {
    const url = `https://api.example.com/v1/${encodeURIComponent(SECRET)}/token?client_secret=${SECRET}`;
    for (const { onRequest } of init.middleware) onRequest({ request: new Request(url, { method: "POST" }) });
    return acme.send(client, given, init);
  },
};
const TARGET = "POST https://api.example.com/v1/[redacted]/token";

async function errorOf(client: Send, attempts = 3): Promise<TokenRequestError> {
  const clock = fakeClock();
  let settled = false;
  const wait = requestToken(endpoint, client, credentials, { clock, attempts }).catch((error) => {
    settled = true;
    return error;
  });
  while (!settled) await clock.advance(500);
  return wait;
}

describe("the message of an error", () => {
  it("names the request without its query, the root cause's code and the attempts", async () => {
    const cause = Object.assign(new Error("getaddrinfo ENOTFOUND api.example.com"), { code: "ENOTFOUND" });
    const error = await errorOf(() => {
      throw Object.assign(new TypeError("fetch failed", { cause }), { code: "OUTER" });
    });
    expect(error.message).toBe(`acme: no response from ${TARGET} (ENOTFOUND), 3 attempts`);
    expect(error).toMatchObject({ code: "network_error", attempts: 3 });
  });

  it("names the request that was not responded to in time", async () => {
    const error = await errorOf(() => new Promise(() => {}), 2);
    expect(error.message).toBe(`acme: no response from ${TARGET} within 10000 ms, 2 attempts`);
  });

  it("does not count a single attempt", async () => {
    const error = await errorOf(() => respond(401, { error: "invalid_client" }));
    expect(error.message).toBe(`acme: ${TARGET} responded with 401 (invalid_client)`);
    expect(error.attempts).toBe(1);
  });

  it("says where a redirect leads, without a query", async () => {
    const redirect = (location: string) => () => new Response(null, { status: 302, headers: { location } });
    const messages = await Promise.all(
      ["https://login.example.com/sso?state=abc", "https://u:p@login.example.com/sso", "::"].map(
        async (location) => (await errorOf(redirect(location))).message,
      ),
    );
    expect(messages).toEqual([
      `acme: ${TARGET} responded with 302, a redirect to https://login.example.com/sso`,
      `acme: ${TARGET} responded with 302, a redirect to https://login.example.com/sso`,
      `acme: ${TARGET} responded with 302`,
    ]);
  });

  it("says why the sandbox refused", async () => {
    const reason = { "sandbox-reason": `clientSecret is not the accepted one, ${SECRET}` };
    const error = await errorOf(() => respond(401, { error: "invalid_client" }, reason));
    expect(error.message).toBe(
      `acme: ${TARGET} responded with 401 (invalid_client); the sandbox says: clientSecret is not the accepted one, [redacted]`,
    );
  });
});

describe("a body that is not documented", () => {
  const page = "<html><h1>Request blocked</h1></html>";

  it.each([400, 403])("makes a %i with a page of HTML an unexpected_response", async (status) => {
    const error = await errorOf(() => respond(status, page));
    expect(error).toMatchObject({ code: "unexpected_response", retryable: false, vendorStatus: status });
    expect(error.message).toBe(`acme: ${TARGET} responded with ${status}, received ${JSON.stringify(page)}`);
  });

  it("leaves a 401 about the credentials, so that it is remembered", async () => {
    expect((await errorOf(() => respond(401, "Unauthorized"))).code).toBe("invalid_client");
  });

  it.each([
    ["half a body", '{"error":'],
    ["a list", "[1]"],
    ["null", "null"],
  ])("is unexpected_response if it is %s", async (_name, body) => {
    expect((await errorOf(() => respond(403, body))).code).toBe("unexpected_response");
  });

  it.each<[name: string, body: unknown]>([
    ["empty", ""],
    ["white space", " \n"],
    ["an object, as an API's is", { message: "Forbidden" }],
  ])("leaves a 403 a refusal if it is %s", async (_name, body) => {
    expect((await errorOf(() => respond(403, body))).code).toBe("invalid_client");
  });

  it.each([
    [404, "unexpected_status"],
    [429, "rate_limited"],
    [503, "server_error"],
  ])("is quoted for a %i, which stays %s", async (status, code) => {
    const error = await errorOf(() => respond(status, page), 1);
    expect(error.code).toBe(code);
    expect(error.message).toContain(JSON.stringify(page));
  });

  it("is withheld if it may hold a credential", async () => {
    const error = await errorOf(() => respond(403, `<p>You sent ${SECRET}</p>`));
    expect(error.message).toMatch(/received a body that may contain a credential \(withheld\)$/);
  });
});

describe("a token type", () => {
  it.each(["DPoP", "dpop"])("%s is refused, since nothing makes the proof", async (tokenType) => {
    const error = await errorOf(() => respond(200, { token: "t", tokenType }));
    expect(error).toMatchObject({ code: "malformed_response", retryable: false });
    expect(error.message).toBe(
      `acme: ${TARGET}: expected a token that is presented without a proof, such as a Bearer token, received a DPoP token (RFC 9449)`,
    );
  });
});

describe("a response stream", () => {
  const cancellable = () => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    return { body, isCancelled: () => cancelled };
  };
  const unread: typeof acme = {
    ...acme,
    send: async (client, _, init) => ({ response: await client(init) }),
  };

  it("is cancelled when it was not read", async () => {
    const { body, isCancelled } = cancellable();
    const client = () => new Response(body, { status: 401 });
    await requestToken(unread, client, credentials).catch(() => {});
    expect(isCancelled()).toBe(true);
  });

  it("is cancelled when it comes after the deadline", async () => {
    const { body, isCancelled } = cancellable();
    const clock = fakeClock();
    let respond = (_: Response) => {};
    const late = new Promise<Response>((resolve) => {
      respond = resolve;
    });
    const wait = requestToken(unread, () => late, credentials, { clock, attempts: 1 }).catch(() => {});
    await clock.advance(10_000);
    await wait;
    respond(new Response(body));
    await clock.advance(0);
    expect(isCancelled()).toBe(true);
  });
});
