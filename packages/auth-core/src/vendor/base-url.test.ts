import { describe, expect, it } from "vitest";
import { type ServerOptions, serverOf, type VendorServer } from "./base-url.ts";

const TENANT: Readonly<Record<string, VendorServer>> = {
  production: {
    url: "https://login.acme.test/{tenant}",
    apiUrl: "https://{tenant}.{region}.acme.test/v1",
    variables: { tenant: {}, region: { default: "eu", enum: ["eu", "us"] } },
  },
};

function choose(options?: ServerOptions, servers = TENANT) {
  const { baseUrl, apiUrl } = serverOf({ vendor: "acme", servers }, options);
  return [baseUrl, apiUrl];
}

/** The message of the TypeError that choosing throws. */
function refusal(variables: unknown, options: ServerOptions = {}, servers = TENANT): string {
  try {
    choose({ ...options, variables: variables as never }, servers);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
  return "accepted";
}

describe("server variables", () => {
  it.each([
    [{ tenant: "shop" }, "https://login.acme.test/shop", "https://shop.eu.acme.test/v1"],
    [{ tenant: "A.b-1", region: "us" }, "https://login.acme.test/A.b-1", "https://a.b-1.us.acme.test/v1"],
    [{ tenant: "a", region: undefined }, "https://login.acme.test/a", "https://a.eu.acme.test/v1"],
  ])("fill both URLs: %j", (variables, url, apiUrl) => {
    expect(choose({ variables })).toEqual([url, apiUrl]);
  });

  const any = 'expected letters, digits, "-", "_" and "~", with single dots between them, such as "eu-1"';
  it.each([
    ["evil.test/", '"/"'],
    ["a@b", '"@"'],
    ["a:1", '":"'],
    ["a?b", '"?"'],
    ["a#b", '"#"'],
    ["a\\b", '"\\\\"'],
    ["a b", '" "'],
    ["a\n", '"\\n"'],
    ["%2e", '"%"'],
    ["{region}", '"{"'],
    ["ａ", '"ａ"'],
  ])("refuse %j, which may change the rest of the URL, without showing it", (tenant, odd) => {
    expect(refusal({ tenant })).toBe(`acme: variables.tenant: ${any}, received text with ${odd} in it`);
  });

  it.each(["..", ".", "a..b", ".a", "a."])("refuse %j, which has an empty part", (tenant) => {
    expect(refusal({ tenant })).toBe(
      `acme: variables.tenant: ${any}, received text with an empty part between dots`,
    );
  });

  it.each([
    [undefined, "none"],
    [{}, "none"],
    [{ tenant: "" }, "none"],
    [{ tenant: null }, "none"],
    [{ tenant: 7 }, "number"],
  ])("are required without a default: %j", (variables, received) => {
    expect(refusal(variables)).toBe(`acme: variables.tenant: ${any}, received ${received}`);
  });

  it("are one of the values that the specification lists", () => {
    expect(refusal({ tenant: "a", region: "cn" })).toBe(
      'acme: variables.region: expected one of "eu", "us", received "cn"',
    );
  });

  it("are refused if no server has them, even with a base URL", () => {
    const unknown = 'unknown acme variable "tenat": expected one of tenant, region';
    expect(refusal({ tenat: "a" })).toBe(unknown);
    expect(refusal({ tenat: "a" }, { baseUrl: "https://proxy.test" })).toBe(unknown);
    expect(refusal({ tenant: "a" }, {}, { production: { url: "https://acme.test" } })).toBe(
      "acme: variables: expected none, since the URL has none, received tenant",
    );
    expect(refusal("a")).toBe(
      'acme: variables: expected an object such as { tenant: "acme" }, received string',
    );
  });

  it("are not needed with a base URL, which wins over both URLs", () => {
    expect(choose({ baseUrl: "https://proxy.test/x/" })).toEqual([
      "https://proxy.test/x",
      "https://proxy.test/x",
    ]);
  });

  it("are refused if the result is not a URL", () => {
    const servers = { production: { url: "https://{host}", variables: { host: {} } } };
    expect(choose({ variables: { host: "api.acme.test" } }, servers)[0]).toBe("https://api.acme.test");
    expect(refusal({ host: "1.2.3.4.5" }, {}, servers)).toMatch(
      /^acme: variables: expected an absolute https URL/,
    );
  });
});

describe("headers of a client", () => {
  const headersOf = (headers: unknown) => {
    const options = { baseUrl: "https://api.acme.test", headers };
    return serverOf({ vendor: "acme", servers: {} }, options).rest.headers;
  };

  it.each([
    ["an object", { "X-B": "2", "X-A": ["1", "3"], gone: null, absent: undefined }],
    [
      "a list",
      [
        ["X-B", "2"],
        ["X-A", "1"],
        ["x-a", "3"],
        ["gone", null],
      ],
    ],
    [
      "a Map",
      new Map<string, unknown>([
        ["X-B", 2],
        ["X-A", "1, 3"],
        ["gone", null],
      ]),
    ],
  ])("are given on as an object, from %s", (_, headers) => {
    expect(headersOf(headers)).toEqual({ "x-a": "1, 3", "x-b": "2", gone: null });
  });

  it.each([
    ["with a space", { "bad name": "s3cret" }, '"bad name"'],
    ["without a name", [["", "s3cret"]], '""'],
    ["whose value has a line break", { "X-A": "s3\ncret" }, '"X-A"'],
    ["whose value is not Latin-1", new Map([["X-A", "s3cret \u2603"]]), '"X-A"'],
  ])("are refused without their values: one %s", (_, headers, name) => {
    expect(() => headersOf(headers)).toThrow(
      new TypeError(
        `acme: headers: expected names and values that a request can carry, received others for ${name} (the value is not shown)`,
      ),
    );
  });
});
