import { describe, expect, it } from "vitest";
import { DEFAULT_LIFETIME } from "../access-token.ts";
import { expiryOf, type StatedLifetime } from "./expiry.ts";

const sentAt = Date.UTC(2026, 0, 1, 12);
const exchange = { sentAt, receivedAt: sentAt + 400 };
const second = 1000;
const year = 365 * 24 * 3600 * second;

function lifetimeOf(members: Partial<StatedLifetime>, date?: string): number {
  return expiryOf({ accessToken: "opaque", ...members }, { ...exchange, date }, DEFAULT_LIFETIME) - sentAt;
}

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256" })}.${part(claims)}.signature`;
}

const iso = (ms: number) => new Date(ms).toISOString();

describe("expires_in", () => {
  it.each<[name: string, value: unknown, lifetime: number]>([
    ["3600", 3600, 3600 * second],
    ['"3600"', "3600", 3600 * second],
    ["missing", undefined, DEFAULT_LIFETIME],
    ["0", 0, DEFAULT_LIFETIME],
    ["null", null, DEFAULT_LIFETIME],
    ['"abc"', "abc", DEFAULT_LIFETIME],
    ["-1", -1, DEFAULT_LIFETIME],
    ['"-1"', "-1", DEFAULT_LIFETIME],
    ["1e12", 1e12, year],
    ["3600.7", 3600.7, 3_600_700],
    ['"1e3"', "1e3", 1000 * second],
    ["NaN", Number.NaN, DEFAULT_LIFETIME],
    ["Infinity", Number.POSITIVE_INFINITY, DEFAULT_LIFETIME],
    ['""', "", DEFAULT_LIFETIME],
    ['"0x10"', "0x10", DEFAULT_LIFETIME],
    ["true", true, DEFAULT_LIFETIME],
    ["{}", {}, DEFAULT_LIFETIME],
  ])("%s", (_name, expiresIn, lifetime) => {
    expect(lifetimeOf({ expiresIn })).toBeCloseTo(lifetime, 6);
  });
});

describe("expires_at", () => {
  it.each<[name: string, value: unknown, lifetime: number]>([
    ["with Z", "2026-01-01T12:30:00Z", 1800 * second],
    ["with a fraction", "2026-01-01T12:30:00.500Z", 1_800_500],
    ["with an extended offset", "2026-01-01T14:30:00+02:00", 1800 * second],
    ["with a basic offset", "2026-01-01T12:30:00+0000", 1800 * second],
    ["with a basic offset west of Greenwich", "2026-01-01T07:30:00-0500", 1800 * second],
    ["without a zone, which means UTC", "2026-01-01T12:30:00", 1800 * second],
    ["epoch seconds", sentAt / 1000 + 1800, 1800 * second],
    ["epoch seconds as text", String(sentAt / 1000 + 1800), 1800 * second],
    ["epoch milliseconds", sentAt + 1_800_000, 1800 * second],
    ["in the past, which means that the token is expired", "2026-01-01T11:59:59Z", -1 * second],
    ["at the moment of the request", "2026-01-01T12:00:00Z", 0],
    ["no date", "tomorrow", DEFAULT_LIFETIME],
    ["an impossible date", "2026-13-01T12:30:00Z", DEFAULT_LIFETIME],
    ["a day without a time", "2026-01-02", DEFAULT_LIFETIME],
    ["after a year", "2036-01-01T00:00:00Z", year],
    ["0", 0, DEFAULT_LIFETIME],
    ["null", null, DEFAULT_LIFETIME],
  ])("%s", (_name, expiresAt, lifetime) => {
    expect(lifetimeOf({ expiresAt })).toBe(lifetime);
  });

  it("is corrected by the Date header when the local clock is wrong", () => {
    const hour = 3600 * second;
    const expiresAt = iso(sentAt + hour + 1800 * second);
    const date = new Date(sentAt + hour).toUTCString();
    // A second less than half an hour, since the header has whole seconds.
    expect(lifetimeOf({ expiresAt }, date)).toBe(1799 * second);
  });

  it.each<[name: string, date: string]>([
    ["of 1970", "Thu, 01 Jan 1970 00:00:00 GMT"],
    ["that is 12 hours old", new Date(sentAt - 12 * 3600 * second).toUTCString()],
    ["that is an hour and two seconds ahead", new Date(sentAt + 3602 * second).toUTCString()],
    ["in another format", iso(sentAt - 1800 * second)],
  ])("is not corrected by a Date header %s", (_name, date) => {
    expect(lifetimeOf({ expiresAt: iso(sentAt + 1800 * second) }, date)).toBe(1800 * second);
  });

  it("is corrected by a Date header that is an hour wrong in whole seconds", () => {
    for (const hour of [3600 * second, -3600 * second]) {
      const date = new Date(sentAt + hour).toUTCString();
      const lifetime = lifetimeOf({ expiresAt: iso(sentAt + hour + 1800 * second) }, date);
      expect(lifetime).toBe(1799 * second);
    }
  });

  it("in the past is believed before the documented lifetime", () => {
    expect(lifetimeOf({ expiresAt: iso(sentAt - second), defaultExpiresIn: 1800 })).toBe(-1 * second);
  });

  it("is taken as it is when the Date header allows for equal clocks", () => {
    const expiresAt = iso(sentAt + 1800 * second);
    expect(lifetimeOf({ expiresAt }, new Date(sentAt).toUTCString())).toBe(1800 * second);
    expect(lifetimeOf({ expiresAt }, "no date at all")).toBe(1800 * second);
  });
});

describe("the first usable of", () => {
  const iat = sentAt / 1000 - 7000;

  it("expires_in, before expires_at", () => {
    expect(lifetimeOf({ expiresIn: 3600, expiresAt: sentAt + 5000 })).toBe(3600 * second);
  });

  it("exp - iat of a JWT, whatever clock it was issued by, before the documented lifetime", () => {
    expect(lifetimeOf({ accessToken: jwt({ iat, exp: iat + 60 }), defaultExpiresIn: 1800 })).toBe(
      60 * second,
    );
  });

  it("exp of a JWT without iat", () => {
    expect(lifetimeOf({ accessToken: jwt({ exp: sentAt / 1000 + 90 }) })).toBe(90 * second);
  });

  it("exp of a JWT without iat, unless only our clock says that it has passed", () => {
    expect(lifetimeOf({ accessToken: jwt({ exp: sentAt / 1000 - 90 }) })).toBe(DEFAULT_LIFETIME);
  });

  it("the documented lifetime, before the default one", () => {
    expect(lifetimeOf({ defaultExpiresIn: 1800 })).toBe(1800 * second);
  });

  it.each([
    ["claims that are not JSON", "a.b.c"],
    ["claims that are not an object", `a.${btoa("1")}.c`],
    ["exp before iat", jwt({ iat, exp: iat - 1 })],
    ["no claims", jwt({})],
  ])("the default lifetime for a token with %s", (_name, accessToken) => {
    expect(lifetimeOf({ accessToken })).toBe(DEFAULT_LIFETIME);
  });
});

describe("a JWT", () => {
  const now = sentAt / 1000;
  const date = new Date(sentAt).toUTCString();
  const renewed = jwt({ iat: now - 3000, exp: now + 600 });

  it("is not believed to live longer than exp - iat, whatever the response says", () => {
    const accessToken = jwt({ iat: now - 7000, exp: now - 6940 });
    expect(lifetimeOf({ accessToken, expiresIn: 3600 })).toBe(60 * second);
    expect(lifetimeOf({ accessToken, expiresAt: sentAt + 3_600_000 })).toBe(60 * second);
  });

  it("does not prolong what the response says", () => {
    expect(lifetimeOf({ accessToken: jwt({ iat: now, exp: now + 3600 }), expiresIn: 60 })).toBe(60 * second);
  });

  it("that has ten minutes left by the vendor's clock lives ten minutes", () => {
    expect(lifetimeOf({ accessToken: renewed, expiresIn: 3600 }, date)).toBe(600 * second);
    expect(lifetimeOf({ accessToken: renewed }, date)).toBe(600 * second);
  });

  it("is not judged by our clock alone, nor by a Date that is not believed", () => {
    expect(lifetimeOf({ accessToken: renewed, expiresIn: 3600 })).toBe(3600 * second);
    const old = new Date(sentAt - 12 * 3600 * second).toUTCString();
    expect(lifetimeOf({ accessToken: renewed, expiresIn: 3600 }, old)).toBe(3600 * second);
  });

  it("whose exp has passed by the vendor's clock is expired", () => {
    const accessToken = jwt({ iat: now - 3600, exp: now - 10 });
    expect(lifetimeOf({ accessToken, expiresIn: 3600 }, date)).toBe(-10 * second);
  });

  it("may state its claims in milliseconds", () => {
    const accessToken = jwt({ iat: sentAt - 1000, exp: sentAt + 59_000 });
    expect(lifetimeOf({ accessToken, expiresIn: 3600 })).toBe(60 * second);
  });
});
