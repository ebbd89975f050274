import { describe, expect, it } from "vitest";
import {
  arrived,
  fetchWith,
  HEADER,
  origins,
  redirects,
  refused,
  useTwoOrigins,
  vendorCache,
} from "../../test-support/two-origins.ts";
import { authorizedFetch } from "../fetch/authorized-fetch.ts";
import type { Fetch } from "../fetch/request-copy.ts";
import type { ApiSecurity } from "../token-source.ts";

useTwoOrigins();

describe("a redirect with a token outside Authorization", () => {
  const post = { method: "POST", body: "a=b", headers: { "content-type": "text/plain", "x-own": "1" } };

  it("to another origin would be followed by fetch with the token", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    await fetch(`${origins[0]}/`, { headers: { "x-token": "t1" } });
    expect(arrived[1]).toMatchObject({ at: "second", headers: { "x-token": "t1" } });
  });

  it.each<[string, ApiSecurity]>([
    ["a header", { token: HEADER }],
    ["a cookie", { token: { in: "cookie", name: "session" } }],
    ["a companion", { companions: [{ in: "header", name: "X-Api-Key", credential: "apiKey" }] }],
  ])("to another origin is a TypeError: %s", async (_name, security) => {
    redirects.set("first/", [302, `${origins[1]}/?s3cret`]);
    const error = await authorizedFetch(vendorCache(security))(`${origins[0]}/`).catch(String);
    expect(error).toBe(`TypeError: url: the token may go to ${origins[0]}, not to ${origins[1]}`);
    expect(arrived.map(({ at }) => at)).toEqual(["first"]);
  });

  it("to another allowed origin takes the token along, not the caller's own secrets", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    const headers = { authorization: "Basic own", cookie: "a=b", "x-own": "1" };
    const response = await fetchWith(HEADER, [origins[1] as string])(`${origins[0]}/`, { headers });
    expect([response.redirected, response.url]).toEqual([true, `${origins[1]}/`]);
    expect(arrived[1]?.headers).toMatchObject({ "x-token": "t1", "x-own": "1" });
    expect(arrived[1]?.headers).not.toHaveProperty("authorization");
    expect(arrived[1]?.headers).not.toHaveProperty("cookie");
  });

  it.each([
    ["a URL", (url: string) => [url, post] as const],
    ["a Request", (url: string) => [new Request(url, post)] as const],
  ])("keeps or changes method and body as fetch does, for %s", async (_name, argsFor) => {
    for (const status of [301, 302, 303, 307, 308]) {
      for (const method of ["POST", "PUT", "GET"]) {
        redirects.set("first/", [status, "/next"]);
        const input = argsFor(`${origins[0]}/`);
        const init = method === "GET" ? { method, body: null } : { method };
        const make = () =>
          input.length === 1
            ? [method === "GET" ? `${origins[0]}/` : new Request(input[0].clone(), { method })]
            : [input[0], { ...post, ...init }];
        const outcomes = [];
        for (const call of [fetch, fetchWith(HEADER)]) {
          arrived.length = 0;
          const { redirected, url, status: last } = await call(...(make() as Parameters<typeof fetch>));
          const sent = arrived.map(({ method: as, body, headers }) => [as, body, headers["content-type"]]);
          outcomes.push({ redirected, url, last, sent });
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(arrived.map(({ headers }) => headers["x-token"])).toEqual(["t1", "t1"]);
      }
    }
  });

  it("back to the URL of a POST is followed with a GET, for a Request as well", async () => {
    const sent: (string | undefined)[] = [];
    const send: Fetch = async (input, init) => {
      const { method, body } = new Request(input, init);
      sent.push(`${method} ${body === null ? "without" : "with"} a body`);
      return new Response(null, sent.length === 1 ? { status: 303, headers: { location: "/" } } : {});
    };
    const authorized = authorizedFetch(vendorCache({ token: HEADER }), { fetch: send });
    expect((await authorized(new Request(`${origins[0]}/`, post))).status).toBe(200);
    expect(sent).toEqual(["POST with a body", "GET without a body"]);
  });

  it("is sent as it was at first after a 401 behind it", async () => {
    refused.add("t1");
    redirects.set("first/", [303, "/next"]);
    await authorizedFetch(vendorCache({ token: HEADER }))(`${origins[0]}/`, post);
    expect(arrived.map(({ method, headers }) => [method, headers["x-token"]])).toEqual([
      ["POST", "t1"],
      ["GET", "t1"],
      ["POST", "t2"],
      ["GET", "t2"],
    ]);
  });

  it("is sent with the body of a Request each time, after a 401 as well", async () => {
    refused.add("t1");
    redirects.set("first/", [307, "/next"]);
    await authorizedFetch(vendorCache({ token: HEADER }))(new Request(`${origins[0]}/`, post));
    expect(arrived.map(({ body, headers }) => [body, headers["x-token"]])).toEqual([
      ["a=b", "t1"],
      ["a=b", "t1"],
      ["a=b", "t2"],
      ["a=b", "t2"],
    ]);
  });

  it("is followed twenty times", async () => {
    redirects.set("first/", [302, "/"]);
    const call = fetchWith(HEADER)(`${origins[0]}/`);
    await expect(call).rejects.toThrow(
      new TypeError("redirect: expected at most 20 in a row, received more"),
    );
    expect(arrived).toHaveLength(21);
  });

  it("cannot be followed with a stream if the body must be sent again", async () => {
    redirects.set("first/", [307, "/next"]);
    const init = { method: "POST", body: new Blob(["x"]).stream(), duplex: "half" } as RequestInit;
    await expect(fetchWith(HEADER)(`${origins[0]}/`, init)).rejects.toThrow(
      "redirect: expected a body that can be sent again after a 307",
    );
    expect(arrived).toHaveLength(1);
  });

  it("without a URL is a TypeError, without a Location the response", async () => {
    redirects.set("first/", [302, "http://[s3cret"]);
    await expect(fetchWith(HEADER)(`${origins[0]}/`)).rejects.toThrow(
      new TypeError("redirect: expected a URL in the Location header, received something else"),
    );
  });

  it("is left to a caller who says so", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    const { status } = await fetchWith(HEADER)(`${origins[0]}/`, { redirect: "manual" });
    expect(status).toBe(302);
    await expect(fetchWith(HEADER)(`${origins[0]}/`, { redirect: "error" })).rejects.toThrow(TypeError);
    const request = new Request(`${origins[0]}/`, { redirect: "manual" });
    expect((await fetchWith(HEADER)(request)).status).toBe(302);
    expect(arrived.map(({ at }) => at)).toEqual(["first", "first", "first"]);
  });
});
