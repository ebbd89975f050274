import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { AccessToken } from "./access-token.ts";

const init = {
  accessToken: "SECRET-ACCESS",
  refreshToken: "SECRET-REFRESH",
  expiresAt: Date.UTC(2026, 0, 1),
  scope: "read",
};

describe("AccessToken", () => {
  const token = new AccessToken(init);

  it("has the members of a token response", () => {
    expect(token.accessToken).toBe("SECRET-ACCESS");
    expect(token.refreshToken).toBe("SECRET-REFRESH");
    expect(token.tokenType).toBe("Bearer");
    expect(token.expiresAt).toBe(Date.UTC(2026, 0, 1));
    expect(token.scope).toBe("read");
  });

  it.each([
    ["String", String(token)],
    ["a template", `${token}`],
    ["JSON.stringify", JSON.stringify({ deep: [{ token }] })],
    [
      "util.inspect",
      inspect({ deep: { deeper: { token } } }, { depth: 10, showHidden: true, getters: true }),
    ],
    ["Object.entries", JSON.stringify(Object.entries(token))],
    ["a spread", JSON.stringify({ ...token })],
  ])("%s shows no secret", (_way, text) => {
    expect(text).not.toContain("SECRET");
  });

  it("prints when it expires", () => {
    expect(String(token)).toBe("AccessToken(Bearer, expires 2026-01-01T00:00:00.000Z)");
    expect(inspect({ token })).toBe("{ token: AccessToken(Bearer, expires 2026-01-01T00:00:00.000Z) }");
  });

  it("writes any casing of bearer as Bearer and keeps other types", () => {
    expect(new AccessToken({ ...init, tokenType: "bearer" }).tokenType).toBe("Bearer");
    expect(new AccessToken({ ...init, tokenType: "DPoP" }).tokenType).toBe("DPoP");
  });

  it("cannot be changed", () => {
    expect(() => Object.assign(token, { expiresAt: 0 })).toThrow(TypeError);
  });

  it.each([
    [
      { ...init, accessToken: "" },
      "accessToken: expected a string of visible ASCII characters, received an empty string",
    ],
    [
      { ...init, accessToken: 1 as never },
      "accessToken: expected a string of visible ASCII characters, received number",
    ],
    [
      { ...init, accessToken: "SECRET\n" },
      "accessToken: expected a string of visible ASCII characters, received one with other characters",
    ],
    [
      { ...init, tokenType: "Bea rer" },
      "tokenType: expected a string of visible ASCII characters, received one with other characters",
    ],
    [{ ...init, expiresAt: Number.NaN }, "expiresAt: expected milliseconds since the epoch, received NaN"],
  ])("refuses wrong members %#", (wrong, message) => {
    expect(() => new AccessToken(wrong)).toThrow(new TypeError(message));
  });
});

it.each([
  ["bearer", "Bearer"],
  ["BASIC", "Basic"],
  ["mac", "MAC"],
  ["Token", "Token"],
])("a token of type %s is presented as %s", (tokenType, presented) => {
  expect(new AccessToken({ accessToken: "t", tokenType, expiresAt: 1 }).tokenType).toBe(presented);
});
