import { authorizedFetch, type TokenCacheEvent, TokenRequestError } from "@org/auth-core";
import { credentialsOf, type TokenOperation } from "@org/auth-spec";
import { hurriedClock } from "@org/measure/hurried-clock";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { MARKED, type Marked, markerOf, secret, tokenResponse } from "../test-support/marked-exchange.ts";
import { observable } from "../test-support/observable.ts";
import { createTokenCache } from "./vendors.ts";

const BASE_URL = "https://api.example.com";
const TIMEOUT = { timeout: 60_000 };
const LIFETIME = 3600;

type Respond = (echo: string) => Response;

/** Everything that the process prints while the tests run. */
const output: string[] = [];
const METHODS = ["log", "info", "warn", "error", "debug", "trace"] as const;
const original = { ...console };
const onWarning = (warning: Error) => void output.push(observable(warning));
beforeAll(() => {
  for (const method of METHODS) console[method] = (...args: unknown[]) => void output.push(observable(args));
  process.on("warning", onWarning);
});
afterAll(() => {
  Object.assign(console, original);
  process.off("warning", onWarning);
  expect(leaksIn(output.join("\n"))).toEqual([]);
});

/** Any marker, whatever surrounds it. */
const MARKER = /MARK\w+KRAM/g;

/** The first markers in a text, with what is around them; a text that holds one may be long. */
function leaksIn(text: string): string[] {
  return [...text.matchAll(MARKER)]
    .slice(0, 3)
    .map(({ index }) => text.slice(Math.max(0, index - 40), index + 60));
}

/** The whole request as it was sent, and each of its values in the spellings of URLs, forms and JSON. */
async function echoOf(request: Request): Promise<string> {
  const body = await request.clone().text();
  const plain = [...request.headers.values(), ...valuesOf(body)];
  const spelt = plain.flatMap((text) => [
    text,
    encodeURIComponent(text),
    String(new URLSearchParams({ text })),
    JSON.stringify(text),
  ]);
  return [request.url, ...[...request.headers].flat(), body, ...spelt].join(" ");
}

/** The values in a body of JSON or of a form. */
function valuesOf(body: string): string[] {
  const members = body.startsWith("{")
    ? Object.values<string>(JSON.parse(body))
    : new URLSearchParams(body).values();
  return [...members];
}

/** A header value cannot hold everything. */
const asHeader = (echo: string) => echo.replaceAll(/[^\x20-\x7e]/g, " ").trim();

const withStatus =
  (status: number, body: unknown, location?: string): Respond =>
  (echo) =>
    new Response(filled(typeof body === "string" ? body : JSON.stringify(body), echo), {
      status,
      statusText: asHeader(echo),
      headers: {
        "Content-Type": "application/json",
        "WWW-Authenticate": asHeader(echo),
        "Set-Cookie": asHeader(echo),
        ...(location !== undefined && { Location: location + encodeURIComponent(echo) }),
      },
    });

/** Puts the echo in its places, as JSON if it is a whole JSON text. */
function filled(text: string, echo: string): string {
  return text.replaceAll('"ECHO"', () => JSON.stringify(echo)).replaceAll("ECHO", () => echo);
}

const BODIES: Readonly<Record<string, unknown>> = {
  "members of RFC 6749": { error: "ECHO", error_description: "ECHO", code: "ECHO", message: "ECHO" },
  "objects where texts belong": {
    error: "invalid_request",
    error_description: { request: ["ECHO"] },
    message: { ECHO: "ECHO" },
    code: ["ECHO"],
  },
  "JSON text": '"ECHO"',
  "a page of HTML": "<!doctype html><h1>Wrong</h1><pre>ECHO</pre>",
  "plain text": "ECHO",
};

/** The documented bodies of a vendor's refusals with an echo in each text, and its token response broken in two ways. */
function bodiesOf(operation: TokenOperation): Readonly<Record<string, unknown>> {
  const documented = operation.refusals.flatMap(({ status, examples }) =>
    Object.entries(examples).map(([name, example]) => [`${status}, ${name}`, withEcho(example)] as const),
  );
  const whole = JSON.stringify(tokenResponse(operation, { access_token: "ECHO" }));
  return {
    ...BODIES,
    ...Object.fromEntries(documented),
    "a token that is not text": tokenResponse(operation, { access_token: ["ECHO"] }),
    "half of a token response": whole.slice(0, whole.indexOf("ECHO") + 4),
  };
}

function withEcho(example: unknown): unknown {
  const echoed = (_: string, value: unknown) => (typeof value === "string" ? "ECHO" : value);
  return JSON.parse(JSON.stringify(example ?? null, echoed));
}

const STATUSES = [200, 307, 400, 401, 403, 404, 429, 500];

/** A cache whose requests get these responses in turn, the last one again and again; and all that it lets out. */
function createScene({ vendor, credentials }: Marked, script: readonly Respond[]) {
  const seen: unknown[] = [];
  const clock = hurriedClock();
  let asked = 0;
  const options = {
    baseUrl: BASE_URL,
    clock,
    onEvent: (event: TokenCacheEvent) => void seen.push(event),
    async fetch(request: Request) {
      const respond = script[Math.min(asked++, script.length - 1)] as Respond;
      return respond(await echoOf(request));
    },
  };
  const tokens = createTokenCache(vendor, credentials, options);
  const outcome = async () => {
    const result = await tokens.getToken().catch((error: unknown) => error);
    seen.push(result);
    return result;
  };
  return {
    tokens,
    clock,
    outcome,
    asked: () => asked,
    renewals: () => seen.filter((event) => (event as TokenCacheEvent | undefined)?.type === "renewed").length,
    everything: () => observable([...seen, tokens, options]),
  };
}

describe.each(MARKED)("no secret of $vendor with $grant.name is observable", TIMEOUT, (marked) => {
  const { vendor, grant, operation, credentials } = marked;
  // What is good for one use may be spent.
  const isSpent = grant.name === "refresh_token" || grant.name === "authorization_code";
  const issued = (number: number) =>
    withStatus(
      200,
      tokenResponse(operation, {
        access_token: `access-${markerOf(`Access${number}`)}-token`,
        refresh_token: `refresh-${markerOf(`Refresh${number}`)}-token`,
        expires_in: LIFETIME,
      }),
    );

  it.each(STATUSES)("when it responds with %i and echoes the request", async (status) => {
    for (const [name, body] of Object.entries(bodiesOf(operation))) {
      const location = status > 299 && status < 400 ? "https://elsewhere.example/?" : undefined;
      const scene = createScene(marked, [withStatus(status, body, location)]);
      expect(await scene.outcome(), name).toBeInstanceOf(TokenRequestError);
      expect(leaksIn(scene.everything()), name).toEqual([]);
    }
  });

  it("when the connection fails with an error that quotes the request", async () => {
    const fail: Respond = (echo) => {
      const inner = Object.assign(new Error(`write ${echo}`), {
        code: `E_${echo}`,
        name: echo,
        request: { body: echo },
      });
      const several = new AggregateError([new Error(echo), inner], echo, { cause: inner });
      throw Object.assign(new TypeError(`fetch failed ${echo}`, { cause: several }), {
        headers: { echo },
        [echo]: 1,
      });
    };
    const scene = createScene(marked, [fail]);
    expect(await scene.outcome()).toMatchObject({
      code: isSpent ? "authorization_required" : "network_error",
    });
    expect(leaksIn(scene.everything())).toEqual([]);
  });

  it.each([
    ["a text", (echo: string) => echo],
    ["an object", (echo: string) => ({ echo, message: { echo }, cause: echo })],
    ["an error whose stack quotes it", (echo: string) => Object.assign(new Error("no"), { stack: echo })],
  ])("when the connection fails with %s", async (_, thrown) => {
    const fail: Respond = (echo) => {
      throw thrown(echo);
    };
    const scene = createScene(marked, [fail]);
    expect(await scene.outcome()).toMatchObject({
      code: isSpent ? "authorization_required" : "network_error",
    });
    expect(leaksIn(scene.everything())).toEqual([]);
  });

  it("when all is well, nor its tokens, before and after a renewal and an invalidation", async () => {
    const scene = createScene(marked, [1, 2, 3].map(issued));
    const first = await scene.outcome();
    expect(first).toMatchObject({ accessToken: expect.stringMatching(MARKER) });
    scene.clock.advance(LIFETIME * 850);
    await scene.outcome();
    // In the background: the deadline of a renewal under way would pass with the time below.
    await vi.waitFor(() => expect(scene.renewals()).toBe(2));
    scene.clock.advance(LIFETIME * 1000);
    const last = await scene.outcome();
    scene.tokens.invalidate(String((last as { accessToken: string }).accessToken));
    await scene.outcome();
    expect(scene.asked()).toBeGreaterThanOrEqual(3);
    expect(leaksIn(scene.everything())).toEqual([]);
  });

  it.each([400, 401, 500])("when a renewal gets %i and echoes the request", async (status) => {
    const scene = createScene(marked, [issued(1), withStatus(status, BODIES["members of RFC 6749"])]);
    await scene.outcome();
    scene.clock.advance(LIFETIME * 1000);
    expect(await scene.outcome()).toBeInstanceOf(TokenRequestError);
    expect(leaksIn(scene.everything())).toEqual([]);
  });

  it("when an authorized call fails, is refused twice or would leave the vendor", async () => {
    const scene = createScene(marked, [1, 2].map(issued));
    const refusing = authorizedFetch(scene.tokens, {
      fetch: async () => new Response(null, { status: 401 }),
    });
    const failing = authorizedFetch(scene.tokens, {
      fetch: async () => {
        throw new TypeError("fetch failed");
      },
    });
    const results = await Promise.all([
      refusing(`${BASE_URL}/ping`),
      failing(`${BASE_URL}/ping`).catch((error: unknown) => error),
      refusing("https://elsewhere.example/ping").catch((error: unknown) => error),
      refusing(`https://${encodeURIComponent(secret("User"))}@api.example.com/`).catch(
        (error: unknown) => error,
      ),
    ]);
    expect(leaksIn(observable([results, refusing, failing]))).toEqual([]);
  });

  it("when a cache cannot be made of its credentials", () => {
    const required = credentialsOf(grant).find((credential) => credential.required)?.name ?? "";
    const inHeaders = grant.members.filter((member) => member.in === "header" && member.credential?.secret);
    const wrong = [
      { ...credentials, misspelt: secret("Misspelt") },
      ...inHeaders.map(({ credential: { name } = { name: "" } }) => ({
        ...credentials,
        [name]: `${credentials[name]}\n`,
      })),
      { ...credentials, [required]: [secret("List")] },
      { ...credentials, [required]: undefined },
      secret("Text"),
    ];
    for (const one of wrong) {
      let thrown: unknown;
      try {
        createTokenCache(vendor, one as object, { baseUrl: BASE_URL });
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TypeError);
      expect(leaksIn(observable(thrown))).toEqual([]);
    }
  });
});
