import { describe, expect, it } from "vitest";
import { during, failing, rejects } from "../../test-support/fleet.ts";
import { credentialsFor, type Passage, rotatingVendor } from "../../test-support/rotating-vendor.ts";
import { encryptedStore } from "../store/encrypted-store.ts";
import { memoryStore } from "../store/memory-store.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import type { TokenRequestError } from "../token-request-error.ts";

const HOUR = 3_600_000;
const reset = () => Promise.reject(Object.assign(new Error("fetch failed"), { code: "ECONNRESET" }));
const outcome = (wait: Promise<{ accessToken: string }>) =>
  wait.then(
    ({ accessToken }) => accessToken,
    ({ code }: TokenRequestError) => code,
  );

/** Processes that share a store, and a vendor some of whose responses are lost. */
function fleetOf(grant: keyof typeof credentialsFor, store = memoryStore()) {
  const clock = fakeClock();
  let passage = async (_at: Passage) => {};
  const vendor = rotatingVendor(clock, (at) => passage(at));
  return {
    clock,
    vendor,
    process: () => vendor.cache(credentialsFor[grant], { store }),
    /** The response to every request from now on. */
    lose: (how: () => Promise<void> = reset) => {
      passage = async (at) => (at === "acted" ? how() : undefined);
    },
    respond: () => {
      passage = async () => {};
    },
  };
}

describe("a refresh token whose response was lost", () => {
  it.each(["authorization_code", "refresh_token", "client_credentials"] as const)(
    "is not sent by another process: %s",
    async (grant) => {
      const { clock, vendor, process, lose, respond } = fleetOf(grant);
      const [one, two] = [process(), process()];
      for (const tokens of [one, two]) await during(clock, tokens.getToken());
      await clock.advance(HOUR);
      lose();
      await outcome(during(clock, one.getToken()));
      respond();
      const expected = grant === "client_credentials" ? /^t\d$/ : /^authorization_required$/;
      for (const tokens of [two, process(), one]) {
        await clock.advance(HOUR);
        expect(await outcome(during(clock, tokens.getToken()))).toMatch(expected);
      }
      expect(vendor.reused).toEqual([]);
    },
  );

  it("stays unsent when its access token is refused by the API, by any process", async () => {
    const { clock, vendor, process, lose, respond } = fleetOf("authorization_code");
    const [one, ...others] = [process(), process(), process()];
    for (const tokens of [one, ...others]) await during(clock, tokens.getToken());
    lose();
    await outcome(during(clock, one.getToken({ forceRenew: true })));
    respond();
    for (const tokens of others) {
      tokens.invalidate("t1");
      expect(await outcome(during(clock, tokens.getToken()))).toBe("authorization_required");
    }
    expect(vendor.reused).toEqual([]);
  });

  it("stays unsent by a process that has read of it, even when the store is down later", async () => {
    const store = memoryStore();
    const { clock, vendor, process, lose, respond } = fleetOf("authorization_code", store);
    const [one, two] = [process(), process()];
    for (const tokens of [one, two]) await during(clock, tokens.getToken());
    await clock.advance(HOUR);
    lose();
    await outcome(during(clock, one.getToken()));
    respond();
    await outcome(during(clock, two.getToken()));
    Object.assign(store, { get: rejects, lock: rejects });
    await clock.advance(HOUR);
    expect(await outcome(during(clock, two.getToken()))).toBe("authorization_required");
    expect(vendor.reused).toEqual([]);
  });

  it("leaves the access token to processes that have none", async () => {
    const { clock, process, lose } = fleetOf("authorization_code");
    const one = process();
    await during(clock, one.getToken());
    lose();
    await outcome(during(clock, one.getToken({ forceRenew: true })));
    expect(await outcome(during(clock, process().getToken()))).toBe("t1");
  });

  it("does not replace a token that another process obtained meanwhile", async () => {
    const { clock, vendor, process, lose, respond } = fleetOf("client_credentials");
    const [one, two] = [process(), process()];
    for (const tokens of [one, two]) await during(clock, tokens.getToken());
    await clock.advance(HOUR);
    lose(async () => {
      respond();
      await new Promise<void>((resolve) => clock.after(9000, resolve));
      return reset();
    });
    const waiting = outcome(one.getToken());
    while (vendor.issued < 2) await clock.advance(10);
    expect(await outcome(during(clock, two.getToken()))).toBe("t3");
    lose();
    expect(await during(clock, waiting)).toBe("network_error");
    expect(await outcome(during(clock, process().getToken()))).toBe("t3");
    expect(vendor.reused).toEqual([]);
  });

  it("is known as such under an encrypted store as well", async () => {
    const key = { id: "1", key: new Uint8Array(32) };
    const { clock, vendor, process, lose, respond } = fleetOf(
      "authorization_code",
      encryptedStore(memoryStore(), [key]),
    );
    const [one, two] = [process(), process()];
    for (const tokens of [one, two]) await during(clock, tokens.getToken());
    await clock.advance(HOUR);
    lose();
    await outcome(during(clock, one.getToken()));
    respond();
    expect(await outcome(during(clock, two.getToken()))).toBe("authorization_required");
    expect(vendor.reused).toEqual([]);
  });
});

it.each(["authorization_code", "refresh_token"] as const)(
  "credentials whose response was lost at the start are not sent by another process: %s",
  async (grant) => {
    const { clock, vendor, process, lose, respond } = fleetOf(grant);
    lose();
    expect(await outcome(during(clock, process().getToken()))).toBe("authorization_required");
    respond();
    for (const tokens of [process(), process()])
      expect(await outcome(during(clock, tokens.getToken()))).toBe("authorization_required");
    expect(vendor.reused).toEqual([]);
    expect(vendor.requests).toHaveLength(1);
  },
);

it("a response that cannot be read is a lost one", async () => {
  const { clock, vendor, process } = fleetOf("client_credentials", failing({ get: rejects, lock: rejects }));
  const tokens = process();
  await during(clock, tokens.getToken());
  await clock.advance(HOUR);
  vendor.garbled = true;
  expect(await outcome(during(clock, tokens.getToken()))).toBe("malformed_response");
  vendor.garbled = false;
  expect(await outcome(during(clock, tokens.getToken()))).toMatch(/^t\d$/);
  expect(vendor.reused).toEqual([]);
});
