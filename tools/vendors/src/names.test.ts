import { expect, test } from "vitest";
import { camelCase, environmentVariable, pascalCase } from "./names.ts";

test.each([
  ["acme-pay", "AcmePay"],
  ["client_credentials", "ClientCredentials"],
  ["urn:ietf:params", "UrnIetfParams"],
  ["3ds", "V3ds"],
  ["*/ code();", "Code"],
  ["data!", "Data"],
  ["データ", ""],
])("%s is part of an identifier as %j", (given, want) => expect(pascalCase(given)).toBe(want));

test.each([
  ["X-Api-Key", "xApiKey"],
  ["client_id", "clientId"],
  ["oauthScopes", "oauthScopes"],
])("%s on the wire is a credential called %s", (given, want) => expect(camelCase(given)).toBe(want));

test.each([
  ["acme-pay", "clientId", "ACME_PAY_CLIENT_ID"],
  ["3ds", "apiKey", "V3DS_API_KEY"],
])("%s's %s is in the environment as %s", (vendor, name, want) => {
  expect(environmentVariable(vendor, name)).toBe(want);
});
