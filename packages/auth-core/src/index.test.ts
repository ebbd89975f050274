import { expect, it } from "vitest";
import * as main from "./index.ts";
import * as store from "./store/index.ts";
import * as testing from "./testing/index.ts";
import * as vendor from "./vendor/index.ts";

it.each([
  ["the package", main, ["AccessToken", "TokenRequestError", "authorizedFetch", "createTokenCache"]],
  ["/testing", testing, ["fakeClock", "scriptedTokenSource", "testTokenStore"]],
  ["/vendor", vendor, ["createVendorTokenCache", "requestToken", "serverOf"]],
  ["/store", store, ["encryptedStore", "memoryStore"]],
])("%s exports these names and nothing else", (_name, module, names) => {
  expect(Object.keys(module).sort()).toEqual(names);
});
