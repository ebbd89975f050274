import { createRequire } from "node:module";
import { expect, it } from "vitest";

const require = createRequire(import.meta.url);

it.each([
  [
    "@org/auth-core",
    ["AccessToken", "TokenRequestError", "authorizedFetch", "createTokenCache", "createTokenPool"],
  ],
  ["@org/auth-core/store", ["encryptedStore", "memoryStore"]],
  ["@org/auth-core/testing", ["fakeClock", "scriptedTokenSource", "testTokenStore"]],
  [
    "@org/auth-core/vendor",
    [
      "boundedFetch",
      "createVendorTokenCache",
      "createVendorTokenPool",
      "credentialHeaders",
      "durationOf",
      "filledUrl",
      "instantOf",
      "isVariableValue",
      "mappedError",
      "mappedMembers",
      "requestToken",
      "serializeBody",
      "serverOf",
      "singleUseName",
    ],
  ],
])("%s has these names and no others, by import and by require", async (entry, names) => {
  // The first entry is also the file from which the others import; what only they import has a name of one letter there.
  const imported = Object.keys(await import(entry)).filter((name) => name.length > 1);
  expect(imported.sort()).toEqual(names);
  expect(Object.keys(require(entry)).sort()).toEqual(names);
});

it("a subclass recognises its own instances only", async () => {
  const { TokenRequestError } = await import("@org/auth-core");
  class Mine extends TokenRequestError {}
  const init = { vendor: "acme", code: "timeout", detail: "no response" } as const;
  expect(new Mine(init) instanceof Mine).toBe(true);
  expect(new Mine(init) instanceof TokenRequestError).toBe(true);
  expect(new TokenRequestError(init) instanceof Mine).toBe(false);
});
