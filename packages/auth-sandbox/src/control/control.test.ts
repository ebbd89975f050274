import { AT, acme, json, SECRET } from "@org/acme-spec";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readAccessToken } from "../../test-support/read-token.ts";
import { callResource, oneCasePerVendor, send } from "../../test-support/token-cases.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { ListeningSandbox } from "../server/server.ts";

const cases = await oneCasePerVendor();
const names = cases.map(({ vendor }) => vendor);
let sandbox: Sandbox;
let server: ListeningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
  server = await sandbox.listen();
});
afterAll(() => server.close());
beforeEach(() => {
  for (const vendor of Object.values(sandbox.vendors)) {
    vendor.clearFaults();
    vendor.revokeAll();
    vendor.resetCounts();
  }
});

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/_sandbox${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  expect(response.headers.get("content-type")).toBe("application/json");
  return { status: response.status, allow: response.headers.get("allow"), json: await response.json() };
}

describe("the control endpoint", () => {
  it("reports everything in one response", async () => {
    const { status, json } = await control("GET", "/");
    expect(status).toBe(200);
    expect(Object.keys(json.vendors)).toEqual(names);
    for (const [name, entry] of Object.entries<Record<string, unknown>>(json.vendors)) {
      const { lifetime, grants, counts } = sandbox.vendor(name);
      expect(entry).toMatchObject({ url: `${server.url}/${name}`, lifetime, grants, counts, faults: [] });
      expect(entry.resource).toBe(`GET ${server.url}/${name}/whoami`);
    }
  });

  it.each([
    ["GET", "/no-such-vendor", 404, `there is no vendor "no-such-vendor"; valid ones are "${names[0]}"`],
    ["GET", `/${names[0]}/count`, 404, "nothing is at"],
    [
      "GET",
      `/${names[0]}/toString`,
      404,
      'valid ends are "counts", "lifetime", "faults", "credentials", "token-request", "resource-request", "revoke", "revoke-all"',
    ],
    ["GET", `/${names[0]}/counts/1`, 404, "nothing is at"],
    ["POST", `/${names[0]}/counts`, 405, 'valid methods are "GET", "DELETE"'],
    ["POST", "/", 405, 'valid methods are "GET"'],
    ["DELETE", `/${names[0]}`, 405, 'valid methods are "GET"'],
  ])("%s %s gets %i and what is valid", async (method, path, status, error) => {
    const response = await control(method, path);
    expect(response.status).toBe(status);
    expect(response.json.error).toContain(error);
    expect(response.allow === null).toBe(status !== 405);
  });

  it("keeps the vendors' own requests apart from its own", async () => {
    await control("GET", "/");
    for (const { counts } of Object.values(sandbox.vendors)) expect(counts.refused).toBe(0);
  });
});

describe.each(cases)("the control endpoint for $vendor", ({ vendor, operation, request }) => {
  const ask = () => send(fetch, `${server.url}/${vendor}`, request(sandbox.vendor(vendor)));

  it("reads and resets the counts", async () => {
    await ask();
    const one = { tokenRequests: 1, tokensIssued: 1, resourceRequests: 0, refused: 0 };
    expect((await control("GET", `/${vendor}/counts`)).json).toEqual(one);
    expect((await control("GET", `/${vendor}`)).json.counts).toEqual(one);
    expect((await control("DELETE", `/${vendor}/counts`)).json.tokenRequests).toBe(0);
    expect(sandbox.vendor(vendor).counts.tokenRequests).toBe(0);
  });

  it("sets the lifetime", async () => {
    const before = sandbox.vendor(vendor).lifetime;
    expect((await control("PUT", `/${vendor}/lifetime`, { lifetime: 5 })).json).toEqual({ lifetime: 5 });
    expect(sandbox.vendor(vendor).lifetime).toBe(5);
    expect((await control("GET", `/${vendor}/lifetime`)).json).toEqual({ lifetime: 5 });
    sandbox.vendor(vendor).lifetime = before;
  });

  it("adds, lists and clears faults", async () => {
    const added = await control("POST", `/${vendor}/faults`, { status: 503, times: 2 });
    expect(added.json).toEqual({ faults: [{ status: 503, times: 2 }] });
    expect((await ask()).status).toBe(503);
    expect((await control("GET", `/${vendor}/faults`)).json).toEqual({ faults: [{ status: 503, times: 1 }] });
    expect((await control("DELETE", `/${vendor}/faults`)).json).toEqual({ faults: [] });
    expect((await ask()).status).toBe(200);
  });

  it("revokes one token, or all", async () => {
    const accessToken = await readAccessToken(operation, await ask());
    expect((await control("POST", `/${vendor}/revoke`, { accessToken })).json).toEqual({ revoked: 1 });
    expect((await callResource(fetch, `${server.url}/${vendor}`, accessToken)).status).toBe(401);
    expect((await control("POST", `/${vendor}/revoke`, { accessToken })).json).toEqual({ revoked: 0 });
    await ask();
    expect((await control("POST", `/${vendor}/revoke-all`)).json).toEqual({ revoked: 1 });
  });

  it("hands out credentials for every grant", async () => {
    const { grants } = sandbox.vendor(vendor);
    expect((await control("POST", `/${vendor}/credentials`)).json).toEqual(
      sandbox.vendor(vendor).credentials(),
    );
    for (const grant of grants) {
      const { json } = await control("POST", `/${vendor}/credentials`, { grant });
      expect(Object.keys(json)).toEqual(Object.keys(sandbox.vendor(vendor).credentials(grant)));
    }
  });

  it("makes the token request of every grant, and calls the resource with the token", async () => {
    const base = `${server.url}/${vendor}`;
    for (const grant of sandbox.vendor(vendor).grants) {
      const { json } = await control("POST", `/${vendor}/token-request`, { grant });
      expect(json.request).toMatchObject({ method: operation.method, url: expect.stringContaining(base) });
      expect(json.response.status).toBe(200);
      const { accessToken } = json;
      expect(json.response.body).toContain(accessToken);
      const called = await control("POST", `/${vendor}/resource-request`, { accessToken });
      expect(called.json.request).toMatchObject({ method: "GET", url: `${base}/whoami` });
      expect(called.json.response.status).toBe(200);
      expect(JSON.parse(called.json.response.body)).toMatchObject({ vendor, grant });
    }
  });

  it("sends the credentials that it is given, and reports the result", async () => {
    const { grant: _, ...credentials } = sandbox.vendor(vendor).credentials();
    const [secret = ""] = Object.keys(credentials).filter((one) => /secret|key/i.test(one));
    const wrong = { ...credentials, [secret]: "wrong" };
    const { json } = await control("POST", `/${vendor}/token-request`, { credentials: wrong });
    expect(json.response.headers["sandbox-reason"]).toBe(`${secret} is not the accepted one`);
    expect(json.accessToken).toBeUndefined();
    sandbox.vendor(vendor).fault({ drop: true, times: 1 });
    expect(Object.keys((await control("POST", `/${vendor}/token-request`)).json)).toEqual(["request"]);
    expect(sandbox.vendor(vendor).counts).toMatchObject({ tokenRequests: 2, tokensIssued: 0, refused: 1 });
  });

  it("changes which credentials are accepted", async () => {
    const { credentials } = sandbox.vendor(vendor);
    const [name = ""] = Object.keys(credentials()).filter((one) => /secret|key/i.test(one));
    const { [name]: before = "" } = credentials();
    expect(await control("PUT", `/${vendor}/credentials`, { [name]: "another" })).toMatchObject({
      status: 200,
      json: {},
    });
    expect(credentials()[name]).toBe("another");
    await control("PUT", `/${vendor}/credentials`, { [name]: before });
    expect(credentials()[name]).toBe(before);
  });

  it.each([
    ["PUT", "lifetime", { lifetime: 0 }, 'request member "lifetime" must be a whole number from 1'],
    ["PUT", "lifetime", {}, 'the request must have the member "lifetime"'],
    ["PUT", "lifetime", { seconds: 5 }, 'unknown request member "seconds"; valid ones are "lifetime"'],
    ["PUT", "lifetime", "5", "expected an object of request members, got 5"],
    ["PUT", "lifetime", "{5", "the request body must be JSON"],
    ["POST", "faults", { staus: 503 }, 'unknown fault member "staus"; valid ones are "on"'],
    ["POST", "faults", {}, "a fault needs at least one of"],
    ["POST", "revoke", {}, 'the request must have the member "accessToken"'],
    ["PUT", "credentials", { password: "x" }, 'unknown credential "password"; valid ones are "'],
    ["POST", "credentials", { grant: "password" }, 'has no grant "password"; valid ones are'],
    ["POST", "token-request", { grant: "password" }, 'has no grant "password"; valid ones are'],
    ["POST", "token-request", { credentials: { clientId: 5 } }, "must be an object of strings"],
    ["POST", "resource-request", {}, 'the request must have the member "accessToken"'],
  ])("%s %s with %j gets 400 and what is wrong", async (method, action, body, error) => {
    const response = await control(method, `/${vendor}/${action}`, body);
    expect(response.status).toBe(400);
    expect(response.json.error).toContain(error);
    expect(sandbox.vendor(vendor).lifetime).toBeGreaterThan(5);
  });
});

it("the control endpoint reads a token as a client does, from a body that is a string of JSON", async () => {
  const document = acme([
    AT.success,
    json(SECRET, { "x-token-response": { access_token: "$response.body" } }),
  ]);
  const other = await (await createSandbox({ specs: { acme: document } })).listen();
  const trial = await fetch(`${other.url}/_sandbox/acme/token-request`, { method: "POST", body: "{}" });
  const { response, accessToken } = await trial.json();
  await other.close();
  expect(response.body).toBe(JSON.stringify(accessToken));
});
