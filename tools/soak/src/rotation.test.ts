import { authorizedFetch } from "@org/auth-core";
import { createSandbox } from "@org/auth-sandbox";
import { describe, expect, it } from "vitest";
import { createTokenCache, VENDOR_NAMES } from "./vendors.ts";

const CALLERS = 200;

describe.each(VENDOR_NAMES)("%s", (name) => {
  const subject = async () => {
    const sandbox = await createSandbox();
    const vendor = sandbox.vendor(name);
    const first = vendor.credentials();
    const secret = "clientSecret" in first ? "clientSecret" : "apiKey";
    let managed = first;
    let beforeRequest = () => {};
    const fetch = (request: Request) => {
      beforeRequest();
      return sandbox.fetch(request);
    };
    const tokens = createTokenCache(name, async () => managed, { baseUrl: vendor.baseUrl, fetch });
    const authorized = authorizedFetch(tokens, { fetch: sandbox.fetch });
    const callAll = async () => {
      const calls = Array.from({ length: CALLERS }, () => authorized(`${vendor.baseUrl}/whoami`));
      return new Set((await Promise.all(calls)).map(({ status }) => status));
    };
    /** Once, while a token request is on its way with the secret of before. */
    const rotateInFlight = (value: string | undefined) => {
      beforeRequest = () => {
        beforeRequest = () => {};
        managed = { ...first, [secret]: value ?? first[secret] ?? "" };
        vendor.accept({ [secret]: managed[secret] ?? "" });
      };
    };
    return { vendor, callAll, rotateInFlight };
  };

  it(`a secret that is rotated under ${CALLERS} callers, and back, costs one request each time and no error`, async () => {
    const { vendor, callAll, rotateInFlight } = await subject();
    expect(await callAll()).toEqual(new Set([200]));
    expect(vendor.counts).toMatchObject({ tokenRequests: 1, refused: 0 });
    for (const value of ["another", undefined, "a third"]) {
      vendor.resetCounts();
      vendor.revokeAll();
      rotateInFlight(value);
      expect(await callAll()).toEqual(new Set([200]));
      expect(vendor.counts).toMatchObject({ tokenRequests: 2, tokensIssued: 1 });
    }
  });
});
