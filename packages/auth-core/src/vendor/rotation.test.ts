import { describe, expect, it } from "vitest";
import { during } from "../../test-support/fleet.ts";
import { credentialsFor, type Passage, rotatingVendor } from "../../test-support/rotating-vendor.ts";
import type { Credentials } from "../../test-support/scripted-vendor.ts";
import { memoryStore } from "../store/memory-store.ts";
import { fakeClock } from "../testing/fake-clock.ts";

const HOUR = 3_600_000;
const grants = Object.keys(credentialsFor) as (keyof typeof credentialsFor)[];

describe.each(grants)("a client secret that is rotated, with the grant %s,", (grant) => {
  const logIn = async ({ processes = 1, shared = false } = {}) => {
    const clock = fakeClock();
    let passage: (at: Passage) => void = () => {};
    const vendor = rotatingVendor(clock, async (at) => passage(at));
    const given: { clientSecret?: string } = { ...credentialsFor[grant] };
    const store = shared ? memoryStore({ clock }) : undefined;
    /** A process learns of a new secret when its copy of the credentials changes. */
    const copies = Array.from({ length: processes }, () => ({ ...given }));
    const caches = copies.map((copy) => vendor.cache(async () => ({ ...copy }) as Credentials, { store }));
    const rotate = (clientSecret: string) => {
      vendor.accepted = clientSecret;
      for (const copy of copies) copy.clientSecret = clientSecret;
    };
    for (const tokens of caches) await during(clock, tokens.getToken());
    return {
      clock,
      vendor,
      copies,
      caches,
      rotate,
      rotateInFlight: (clientSecret: string) => {
        passage = (at) => {
          if (at === "sent") rotate(clientSecret);
          passage = () => {};
        };
      },
    };
  };

  it("while a request is on its way costs one more request, no error and no login", async () => {
    const { clock, vendor, caches, rotateInFlight } = await logIn();
    for (const secret of ["s1", "s0", "s2"]) {
      await clock.advance(HOUR);
      const before = vendor.requests.length;
      rotateInFlight(secret);
      const callers = Array.from({ length: 200 }, () => caches[0]?.getToken());
      const tokens = await during(clock, Promise.all(callers));
      expect(new Set(tokens.map((token) => token?.accessToken)).size).toBe(1);
      expect(vendor.requests.length - before).toBe(2);
    }
    expect(vendor.reused).toEqual([]);
  });

  it("while a request of eight processes is on its way costs each of them one more at most", async () => {
    const { clock, vendor, caches, rotateInFlight } = await logIn({ processes: 8, shared: true });
    for (const secret of ["s1", "s0", "s2"]) {
      await clock.advance(HOUR);
      const before = vendor.requests.length;
      rotateInFlight(secret);
      await during(clock, Promise.all(caches.map((tokens) => tokens.getToken())));
      expect(vendor.requests.length - before).toBeLessThanOrEqual(1 + 8);
    }
    expect(vendor.reused).toEqual([]);
  });

  it("makes no process send a refresh token that another has spent, whoever learns of it first", async () => {
    const { clock, vendor, copies, caches } = await logIn({ processes: 2, shared: true });
    const [one, two] = caches;
    await clock.advance(0.85 * HOUR);
    // In the background, since its token is stale.
    await one?.getToken();
    while (vendor.issued < 2) await clock.advance(10);
    for (const copy of copies) copy.clientSecret = "s1";
    vendor.accepted = "s1";
    for (let renewal = 0; renewal < 2; renewal++) {
      await clock.advance(HOUR);
      await during(clock, Promise.all([two?.getToken(), one?.getToken()]));
    }
    expect(vendor.reused).toEqual([]);
  });
});

it("another authorization code is another login, which needs no new cache", async () => {
  const clock = fakeClock();
  const vendor = rotatingVendor(clock);
  let credentials: Credentials = credentialsFor.authorization_code;
  const tokens = vendor.cache(() => credentials);
  await tokens.getToken();
  credentials = { ...credentials, code: "c1" };
  await clock.advance(HOUR);
  await tokens.getToken();
  expect(vendor.requests.map(({ code }) => code)).toEqual(["c0", "c1"]);
});
