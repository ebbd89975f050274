import { AccessToken, TokenRequestError } from "@org/auth-core";
import { createSandbox, type Sandbox } from "@org/auth-sandbox";
import { hurriedClock } from "@org/measure/hurried-clock";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { markerOf } from "../test-support/marked-exchange.ts";
import { createTokenCache, VENDOR_NAMES } from "./vendors.ts";

/** `SEED=… RUNS=… pnpm test` replays a failure or looks longer; a failure prints its seed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.RUNS ?? 500);
const SECRET = `a/b+${markerOf("Fuzz")}=c&d e`;
const STATUSES = [200, 200, 200, 400, 401, 403, 404, 500];

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What takes the place of a part of a response. `undefined` is nothing at all. */
const anyPart: fc.Arbitrary<Json | undefined> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.constantFrom(undefined, null, "", 0, -1, 1e308, "1e3", "NaN", "true", [], {}, "\u0000", "\ud800"),
  fc.constant(`the secret was ${SECRET}`),
);
const anyChanges = fc.array(fc.record({ where: fc.nat(), part: anyPart, asText: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
});

/** The response with the part that `where` picks replaced, or turned into a string of JSON. */
function changed(
  genuine: Json,
  { where, part, asText }: { where: number; part: Json | undefined; asText: boolean },
): Json | undefined {
  const places: { path: string[]; value: Json }[] = [];
  const list = (value: Json, path: string[]) => {
    places.push({ path, value });
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) list(member as Json, [...path, name]);
  };
  list(genuine, []);
  const place = places[where % places.length];
  const replacement = asText ? JSON.stringify(place?.value) : part;
  return replaced(genuine, place?.path ?? [], replacement);
}

function replaced(value: Json, [name, ...rest]: string[], part: Json | undefined): Json | undefined {
  if (name === undefined) return part;
  const members = Object.entries(value as { [name: string]: Json }).map(([one, member]) => [
    one,
    one === name ? replaced(member, rest, part) : member,
  ]);
  return Array.isArray(value) ? members.map(([, member]) => member as Json) : Object.fromEntries(members);
}

let sandbox: Sandbox;
const unhandled: unknown[] = [];
const remember = (reason: unknown) => void unhandled.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", remember);
  sandbox = await createSandbox();
});
afterAll(() => void process.off("unhandledRejection", remember));

it.each(VENDOR_NAMES)(
  "%s: its responses with parts changed give nothing but a token or a TokenRequestError",
  {
    timeout: 60_000,
  },
  async (name) => {
    const vendor = sandbox.vendor(name);
    const { baseUrl } = vendor;
    /** A genuine response of the vendor with this status. */
    const genuine = async (status: number): Promise<Json> => {
      vendor.clearFaults();
      if (status !== 200) vendor.fault({ status });
      let text = "";
      const tokens = createTokenCache(name, vendor.credentials(), {
        baseUrl,
        clock: hurriedClock(),
        async fetch(request) {
          const response = await sandbox.fetch(request);
          text = await response.clone().text();
          return response;
        },
      });
      await tokens.getToken().catch(() => {});
      return text === "" ? {} : JSON.parse(text);
    };
    const responses = new Map<number, Json>();
    for (const status of new Set(STATUSES)) responses.set(status, await genuine(status));
    const secrets = Object.fromEntries(
      Object.entries(vendor.credentials<Record<string, string>>()).map(([member, value]) =>
        /secret|key/i.test(member) ? [member, SECRET] : [member, value],
      ),
    );

    const property = fc.asyncProperty(fc.constantFrom(...STATUSES), anyChanges, async (status, changes) => {
      let body: Json | undefined = responses.get(status) ?? null;
      for (const change of changes) if (body !== undefined) body = changed(body, change);
      const fetch = async () => new Response(JSON.stringify(body), { status });
      const tokens = createTokenCache(name, secrets, { baseUrl, fetch, clock: hurriedClock() });
      const result: unknown = await tokens.getToken().catch((error: unknown) => error);
      if (result instanceof AccessToken) return;
      expect(result).toBeInstanceOf(TokenRequestError);
      const { message, stack, vendorCode, vendorReason, vendorMessage } = result as TokenRequestError;
      expect([message, stack, vendorCode, vendorReason, vendorMessage].join()).not.toContain(
        markerOf("Fuzz"),
      );
    });
    await fc.assert(property, { seed, numRuns });
    expect(unhandled).toEqual([]);
  },
);
