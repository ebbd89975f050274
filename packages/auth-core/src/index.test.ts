import { expect, it } from "vitest";
import * as main from "./index.ts";
import * as testing from "./testing.ts";
import * as vendor from "./vendor.ts";

it.each([
  [
    "the package",
    main,
    [
      "AccessToken",
      "TokenRequestError",
      "authorizedFetch",
      "createTokenCache",
      "encryptedStore",
      "memoryStore",
      "requestToken",
    ],
  ],
  ["/testing", testing, ["fakeClock", "scriptedTokenSource", "testTokenStore"]],
  ["/vendor", vendor, ["createVendorTokenCache", "serverOf"]],
])("%s exports these names and nothing else", (_name, module, names) => {
  expect(Object.keys(module).sort()).toEqual(names);
});
