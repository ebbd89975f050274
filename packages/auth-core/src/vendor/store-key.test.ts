import { describe, expect, it } from "vitest";
import { readHeaders } from "./client-options.ts";
import { vendorStoreKey } from "./store-key.ts";

const open = { required: false, secret: false };
const secret = { required: true, secret: true };
const endpoint = {
  vendor: "acme",
  grants: {
    client_credentials: { clientId: open, clientSecret: secret, scope: open },
    api_key: { clientId: open, apiKey: secret },
  },
  responses: {},
};
const base = "https://api.example.com";
const credentials = { grant: "client_credentials", clientId: "id", clientSecret: "SECRET" };
const keyOf = (changes: object = {}, baseUrl = base, vendor = "acme") =>
  vendorStoreKey({ ...endpoint, vendor }, baseUrl, { ...credentials, ...changes });

describe("the store key of a vendor's cache", () => {
  it("is the same for the same vendor, base URL, grant and credentials, whatever their order", async () => {
    const other = vendorStoreKey(endpoint, base, {
      clientSecret: "SECRET",
      clientId: "id",
      grant: "client_credentials",
    });
    expect(await keyOf()).toBe(await other);
    expect(await keyOf()).toMatch(/^acme:[0-9a-f]{64}$/);
  });

  it("differs in everything that decides which token it is", async () => {
    const keys = await Promise.all([
      keyOf(),
      keyOf({ clientId: "id2" }),
      keyOf({ clientSecret: "SECRET2" }),
      keyOf({ scope: "read" }),
      keyOf({ grant: "api_key", apiKey: "SECRET" }),
      keyOf({}, "https://sandbox.example.com"),
      keyOf({}, base, "other"),
      keyOf({ clientId: "i", clientSecret: "dSECRET" }),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("the headers of a client", () => {
  const keyWith = (headers: unknown) =>
    vendorStoreKey(endpoint, base, credentials, readHeaders("acme", headers));

  it("tell two tenants apart, by name and value", async () => {
    const all = [undefined, { tenant: "1" }, { tenant: "2" }, { account: "1" }, { tenant: null }];
    const keys = await Promise.all(all.map(keyWith));
    expect(new Set(keys).size).toBe(all.length);
  });

  it("are the same in whatever form, order and case they are given", async () => {
    const forms = [
      { Tenant: "1", more: ["a", "b"], left: undefined },
      { MORE: "a, b", tenant: 1 },
      new Headers([
        ["more", "a"],
        ["more", "b"],
        ["tenant", "1"],
      ]),
      new Map([
        ["tenant", "1"],
        ["more", "a, b"],
      ]),
      [
        ["more", ["a", "b"]],
        ["Tenant", "1"],
      ],
    ];
    expect(new Set(await Promise.all(forms.map(keyWith))).size).toBe(1);
  });

  it("change nothing where there are none", async () => {
    expect(await keyWith({})).toBe(await keyOf());
  });
});
