import { describe, expect, it } from "vitest";
import { readAccessToken, readMembers } from "../../test-support/read-token.ts";
import { callResource, send, tokenCases } from "../../test-support/token-cases.ts";
import { createSandbox } from "../sandbox.ts";

/** By grant: the credential that works once. */
const SINGLE_USE = new Map([
  ["refresh_token", "refreshToken"],
  ["authorization_code", "code"],
]);
const cases = await tokenCases();
const exchanging = cases.filter(({ grant }) => SINGLE_USE.has(grant));
const refreshing = cases.filter(({ grant }) => grant === "refresh_token");

describe.each(exchanging)("$vendor, $grant as $mediaType", ({ vendor, grant, operation, request }) => {
  const secretName = SINGLE_USE.get(grant) ?? "";

  it("mints a fresh secret for each call of credentials()", async () => {
    const api = (await createSandbox()).vendor(vendor);
    expect(api.credentials(grant)[secretName]).not.toBe(api.credentials(grant)[secretName]);
  });

  it("accepts it once, and a second use revokes what the first one gave", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const once = await request(api);
    const token = await readAccessToken(operation, await send(sandbox.fetch, api.baseUrl, once));
    expect((await callResource(sandbox.fetch, api.baseUrl, token)).status).toBe(200);
    const again = await send(sandbox.fetch, api.baseUrl, once);
    expect([again.status, again.headers.get("sandbox-reason")]).toEqual([400, `${secretName} is used`]);
    expect((await callResource(sandbox.fetch, api.baseUrl, token)).status).toBe(401);
  });

  it("takes the client secret as optional, but not a wrong one", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    const clientSecret = api.credentials("client_credentials").clientSecret ?? "";
    expect((await send(sandbox.fetch, api.baseUrl, request(api, { clientSecret }))).status).toBe(200);
    const wrong = await send(sandbox.fetch, api.baseUrl, request(api, { clientSecret: "wrong" }));
    expect([wrong.status, wrong.headers.get("sandbox-reason")]).toEqual([
      401,
      "clientSecret is not the accepted one",
    ]);
  });
});

describe.each(refreshing)("$vendor, $grant as $mediaType", ({ vendor, operation, request }) => {
  async function refresh(sandbox: Awaited<ReturnType<typeof createSandbox>>, refreshToken?: string) {
    const api = sandbox.vendor(vendor);
    const asked = request(api, refreshToken === undefined ? {} : { refreshToken });
    const response = await send(sandbox.fetch, api.baseUrl, asked);
    const members = response.status === 200 ? readMembers(operation, await response.json()) : {};
    return {
      status: response.status,
      accessToken: String(members.access_token),
      refreshToken: String(members.refresh_token),
    };
  }

  it("rotates the refresh token and keeps earlier access tokens alive", async () => {
    const sandbox = await createSandbox();
    const { baseUrl } = sandbox.vendor(vendor);
    const first = await refresh(sandbox);
    const second = await refresh(sandbox, first.refreshToken);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    for (const { accessToken } of [first, second]) {
      expect((await callResource(sandbox.fetch, baseUrl, accessToken)).status).toBe(200);
    }
  });

  it("revokes the whole family when a rotated refresh token is used again", async () => {
    const sandbox = await createSandbox();
    const { baseUrl } = sandbox.vendor(vendor);
    const other = await refresh(sandbox);
    const first = await refresh(sandbox);
    const second = await refresh(sandbox, first.refreshToken);
    expect((await refresh(sandbox, first.refreshToken)).status).toBe(400);
    expect((await refresh(sandbox, second.refreshToken)).status).toBe(400);
    for (const { accessToken } of [first, second]) {
      expect((await callResource(sandbox.fetch, baseUrl, accessToken)).status).toBe(401);
    }
    expect((await callResource(sandbox.fetch, baseUrl, other.accessToken)).status).toBe(200);
  });

  it("accepts the refresh token that another grant's response brought", async () => {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    for (const source of cases.filter((one) => one.vendor === vendor)) {
      const response = await send(sandbox.fetch, api.baseUrl, source.request(api));
      const { refresh_token: refreshToken } = readMembers(source.operation, await response.json());
      expect((await refresh(sandbox, String(refreshToken))).status).toBe(200);
    }
  });
});
