import { TokenRequestError } from "@org/auth-core";
import { describe, expect, it } from "vitest";
import { createWitness, type Witness } from "./witness.ts";

const LIFETIME = 2000;
const URL = "https://api.example.com/whoami";
const failure = new TokenRequestError({ vendor: "acme", code: "server_error", detail: "out of order" });

/** A witness of a vendor whose resource returns these responses in turn, and its clock. */
function scene(responses: readonly Response[] = [], tokenResponse = "") {
  const time = { now: 1_000_000, roundTrip: 0 };
  const left = [...responses];
  const respond = async (input: string | globalThis.URL | Request) => {
    if (input instanceof Request) return new Response(tokenResponse);
    time.now += time.roundTrip;
    return left.shift() ?? accepted(time.now + LIFETIME);
  };
  const witness = createWitness(LIFETIME, respond, () => time.now);
  return { time, witness };
}

const accepted = (expiresAt: number) => Response.json({ expiresAt });
const refused = (reason: string) =>
  new Response(null, { status: 401, headers: { "sandbox-reason": `the bearer token is ${reason}` } });

async function send(witness: Witness, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  await witness.watch(() => witness.resourceFetch(URL, { headers }));
}

async function fail(witness: Witness, error: unknown, signal?: AbortSignal): Promise<void> {
  expect(await witness.watch(() => Promise.reject(error), signal)).toBeUndefined();
}

const renewed = (witness: Witness, expiresAt: number) =>
  witness.onEvent({ type: "renewed", expiresAt, duration: 0, from: "vendor" });

describe("an error while a valid token existed", () => {
  it("is counted before the last tenth of the lifetime of the token that the cache received", async () => {
    const { time, witness } = scene();
    renewed(witness, time.now + LIFETIME);
    time.now += 0.9 * LIFETIME - 10;
    await fail(witness, failure);
    expect(witness.sightings.errorsWhileValid).toBe(1);
    time.now += 10;
    await fail(witness, failure);
    expect(witness.sightings.errorsWhileValid).toBe(1);
    expect(witness.sightings.errors).toEqual(new Map([["server_error", 2]]));
  });

  it("is not counted once the token was invalidated", async () => {
    const { time, witness } = scene();
    renewed(witness, time.now + LIFETIME);
    witness.onEvent({ type: "invalidated" });
    await fail(witness, failure);
    expect(witness.sightings.errorsWhileValid).toBe(0);
  });

  it("is counted when the same token is sent before and after it, whatever the cache reports", async () => {
    const { witness } = scene();
    await send(witness, "t1");
    await fail(witness, failure);
    await fail(witness, failure);
    await send(witness, "t1");
    expect(witness.sightings.errorsWhileValid).toBe(2);
  });

  it("is not counted when another token is sent after it", async () => {
    const { witness } = scene();
    await send(witness, "t1");
    await fail(witness, failure);
    await send(witness, "t2");
    expect(witness.sightings.errorsWhileValid).toBe(0);
  });

  it("is not counted when the resource had refused the token", async () => {
    const { witness } = scene([accepted(0), refused("revoked")]);
    await send(witness, "t1");
    await send(witness, "t1");
    await send(witness, "t1");
    expect(witness.sightings.errorsWhileValid).toBe(0);
    expect(witness.sightings.errors).toEqual(new Map([["401 revoked", 1]]));
  });

  it("is not counted when the caller gave up", async () => {
    const { time, witness } = scene();
    renewed(witness, time.now + LIFETIME);
    await fail(witness, new DOMException("enough", "AbortError"), AbortSignal.abort());
    expect(witness.sightings).toMatchObject({ givenUp: 1, errorsWhileValid: 0, foreignErrors: 0 });
  });
});

describe("an expired token", () => {
  it.each([
    ["says when it ends beside it", '{"token":"t1","expires_in":2}', "t1", 1],
    ["says when it ends inside it", '{"token":"t1.claims.signature"}', "t1.claims.signature", 1],
    ["does not say when it ends", '{"token":"t1"}', "t1", 0],
  ])("that %s counts as sent after its end: %s", async (_, tokenResponse, token, count) => {
    const { time, witness } = scene([], tokenResponse);
    await witness.tokenFetch(new Request("https://api.example.com/token"));
    time.now += LIFETIME - 1;
    await send(witness, token);
    expect(witness.sightings.expiredSent).toBe(0);
    // The resource has now said when it expires.
    time.now += LIFETIME;
    await send(witness, token);
    expect(witness.sightings.expiredSent).toBe(count);
  });

  it("counts as seen when a call ends with the resource's word for it", async () => {
    const { witness } = scene([refused("expired"), refused("revoked")]);
    await send(witness, "t1");
    await send(witness, "t1");
    expect(witness.sightings.expiredSeen).toBe(1);
    expect(witness.sightings.refused).toEqual(
      new Map([
        ["expired", 1],
        ["revoked", 1],
      ]),
    );
  });
});

it("an expired token is excused when it was longer on its way than the leeway", async () => {
  const { time, witness } = scene([refused("expired"), refused("expired")]);
  time.roundTrip = LIFETIME / 10;
  await send(witness, "t1");
  expect(witness.sightings).toMatchObject({ expiredSeen: 1, expiredOnTheWay: 0 });
  time.roundTrip++;
  await send(witness, "t2");
  expect(witness.sightings).toMatchObject({ expiredSeen: 1, expiredOnTheWay: 1 });
});

it("another caller's abort and any other error does not count as the cache's", async () => {
  const { witness } = scene();
  await fail(witness, new DOMException("enough", "AbortError"));
  await fail(witness, new TypeError("boom"));
  await fail(witness, failure);
  expect(witness.sightings.foreignErrors).toBe(2);
});

it("a call counts once, also when the body of its response cannot be read", async () => {
  const { witness } = scene([new Response("half of it")]);
  await send(witness, "t1");
  expect(witness.sightings).toMatchObject({ calls: 1, foreignErrors: 1 });
});
