import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { endpoint as acme, credentials, SECRET, type Send } from "../../test-support/acme-endpoint.ts";
import { AccessToken } from "../access-token.ts";
import type { Clock } from "../clock.ts";
import { TokenRequestError } from "../token-request-error.ts";
import { requestToken } from "./request-token.ts";

/** `SEED=… RUNS=… pnpm test` replays a failure or looks longer; a failure prints its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.RUNS ?? 5000);

const endpoint: typeof acme = {
  ...acme,
  responses: {
    client_credentials: {
      token: {
        access_token: "$response.body#/access_token",
        token_type: "$response.body#/token_type",
        expires_in: "$response.body#/expires_in",
        expires_at: "$response.body#/expires_at",
        scope: "$response.body#/scope",
        refresh_token: "$response.body#/refresh_token",
      },
      errors: {
        default: [
          {
            code: "$response.body#/problem/code",
            reason: "$response.body#/problem/reason",
            message: "$response.body#/problem/message",
          },
        ],
      },
    },
  },
};

/** Values that a careless vendor may put anywhere. */
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(0, -1, "0", "", null, 1e308, -1e308, 5e-324, "1e999", "NaN", "\u0000", "\ud800"),
  fc.constantFrom(SECRET, encodeURIComponent(SECRET), `client_secret=${SECRET}`, JSON.stringify(SECRET)),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const segment = fc.jsonValue({ maxDepth: 2 }).map((value) => btoa(encodeURIComponent(JSON.stringify(value))));
const jwt = fc
  .record({ exp: anyValue, iat: anyValue }, { requiredKeys: [] })
  .map((claims) => `e30.${Buffer.from(JSON.stringify(claims) ?? "").toString("base64url")}.x`);
const anyToken = fc.oneof(
  fc.string({ unit: "binary" }),
  jwt,
  segment.map((text) => `a.${text}.b`),
  anyValue,
);

const tokenAnswer = fc.record(
  {
    access_token: anyToken,
    token_type: anyValue,
    expires_in: anyValue,
    expires_at: anyValue,
    scope: anyValue,
    refresh_token: anyValue,
  },
  { requiredKeys: [] },
);
const errorAnswer = fc.record(
  {
    error: anyValue,
    error_description: anyValue,
    problem: fc.oneof(anyValue, fc.record({ code: anyValue, reason: anyValue, message: anyValue })),
  },
  { requiredKeys: [] },
);
const anyBody: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 3, arbitrary: tokenAnswer.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: errorAnswer.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  { weight: 2, arbitrary: fc.uint8Array().map((bytes) => new Uint8Array(bytes)) },
  // Half of a response.
  { weight: 1, arbitrary: tokenAnswer.map((value) => JSON.stringify(value).slice(0, -2)) },
  { weight: 1, arbitrary: fc.constant(`client_secret=${SECRET} is wrong`) },
);

const anyStatus = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(200, 400, 401, 403, 408, 425, 429, 500, 503) },
  // Response refuses the informational ones; those with an empty body by definition get one below.
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
);
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

const printable = fc.string({ unit: "grapheme-ascii" });
const anyDate = fc.date().map((date) => (Number.isNaN(date.getTime()) ? "never" : date.toUTCString()));
const anyHeaders = fc.record(
  {
    Date: fc.oneof(anyDate, printable),
    "Retry-After": fc.oneof(anyDate, printable, fc.integer().map(String), fc.bigInt().map(String)),
    "Content-Type": fc.oneof(fc.constantFrom("application/json", "text/html", "image/png"), printable),
  },
  { requiredKeys: [] },
);

const anyResponse = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ status: anyStatus, headers: anyHeaders, body: anyBody }).map(
      ({ status, headers, body }) =>
        () =>
          new Response(WITHOUT_BODY.includes(status) ? null : body, { status, headers }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .record({
        message: fc.oneof(printable, fc.constant(`connect to https://x?${SECRET}`)),
        cause: anyValue,
      })
      .map(({ message, cause }) => () => {
        throw new TypeError(message, { cause });
      }),
  },
);

const unhandled: unknown[] = [];
const remember = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on("unhandledRejection", remember));
afterAll(() => void process.off("unhandledRejection", remember));

/** Everything that a log could show of a value, which must not be a token's own text. */
function printed(value: unknown): string {
  return [String(value), (value as Error).stack, inspect(value, { depth: 10, showHidden: true })]
    .concat(JSON.stringify(value))
    .join("\n");
}

/** Every wait is over at once, but later than a response that is in memory already, so that a deadline does not strike. */
function hurriedClock(): Clock {
  const TURNS = 20;
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    monotonic: () => now,
    after(ms, callback) {
      let turns = 0;
      const turn = () => {
        if (++turns < TURNS) {
          waiting = setImmediate(turn);
          return;
        }
        now += ms;
        callback();
      };
      let waiting = setImmediate(turn);
      return () => clearImmediate(waiting);
    },
  };
}

it(`${numRuns} random responses give nothing but a token or a TokenRequestError`, {
  timeout: 120_000,
}, async () => {
  const property = fc.asyncProperty(
    fc.array(anyResponse, { minLength: 1, maxLength: 3 }),
    async (responses) => {
      let asked = 0;
      const client: Send = async () => (responses[asked++ % responses.length] as () => Response)();
      const result: unknown = await requestToken(endpoint, client, credentials, {
        clock: hurriedClock(),
      }).catch((error: unknown) => error);
      expect(asked).toBeLessThanOrEqual(3);
      if (result instanceof AccessToken) {
        expect(Number.isFinite(result.expiresAt)).toBe(true);
      } else {
        expect(result).toBeInstanceOf(TokenRequestError);
        const text = printed(result);
        for (const form of [SECRET, encodeURIComponent(SECRET), JSON.stringify(SECRET)]) {
          expect(text).not.toContain(form);
        }
      }
    },
  );
  await fc.assert(property, { seed, numRuns });
  expect(unhandled).toEqual([]);
});
