import { describe, expect, it } from "vitest";
import { readAccessToken } from "../../test-support/read-token.ts";
import { callResource, oneCasePerVendor, send } from "../../test-support/token-cases.ts";
import { isChecked } from "../request/credentials.ts";
import { createSandbox } from "../sandbox.ts";

describe.each(await oneCasePerVendor())("$vendor", ({ vendor, operation, members, request }) => {
  const rotated = async () => {
    const { fetch, vendor: named } = await createSandbox();
    const api = named(vendor);
    const name = members.filter(isChecked).find(({ credential }) => credential?.name !== "clientId")
      ?.credential?.name as string;
    const old = api.credentials()[name] ?? "";
    const respond = (value: string) => send(fetch, api.baseUrl, request(api, { [name]: value }));
    const statusOf = async (value: string) => (await respond(value)).status;
    return { api, fetch, name, old, respond, statusOf };
  };

  it("accepts the new secret and not the old one, until it is changed back", async () => {
    const { api, name, old, statusOf } = await rotated();
    expect([await statusOf(old), (await statusOf("new")) >= 400]).toEqual([200, true]);
    api.accept({ [name]: "new" });
    expect([(await statusOf(old)) >= 400, await statusOf("new")]).toEqual([true, 200]);
    expect(api.credentials()[name]).toBe("new");
    api.accept({ [name]: old });
    expect([await statusOf(old), (await statusOf("new")) >= 400]).toEqual([200, true]);
  });

  it("accepts both of a list", async () => {
    const { api, name, old, statusOf } = await rotated();
    api.accept({ [name]: ["new", old] });
    expect([await statusOf(old), await statusOf("new"), await statusOf("none")]).toEqual([
      200,
      200,
      expect.any(Number),
    ]);
    expect(await statusOf("none")).toBeGreaterThanOrEqual(400);
  });

  it("keeps the tokens that were issued for the old secret", async () => {
    const { api, fetch, name, old, respond } = await rotated();
    const token = await readAccessToken(operation, await respond(old));
    api.accept({ [name]: "new" });
    expect((await callResource(fetch, api.baseUrl, token)).status).toBe(200);
  });

  it("of another sandbox is not changed", async () => {
    const [one, two] = [await rotated(), await rotated()];
    one.api.accept({ [one.name]: "new" });
    expect(await two.statusOf(two.old)).toBe(200);
  });

  it.each([
    [{ password: "x" }, 'unknown credential "password"; valid ones are "'],
    [{ refreshToken: "x" }, 'unknown credential "refreshToken"; valid ones are "'],
    [{ clientId: "" }, 'credential "clientId" must be a non-empty string, or a list of them, got ""'],
    [{ clientId: [] }, 'credential "clientId" must be a non-empty string, or a list of them'],
    ["x", 'expected an object of credentials, got "x"'],
  ])("refuses to accept %j", async (credentials, problem) => {
    const { api } = await rotated();
    const accept = () => api.accept(credentials as never);
    expect(accept).toThrow(TypeError);
    expect(accept).toThrow(problem);
  });
});
