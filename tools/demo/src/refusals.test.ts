import { TokenRequestError } from "@org/auth-core";
import { expect, it } from "vitest";
import { refusalTable } from "./refusals.ts";

it("shows the normalised members of an error, with a dash for what the vendor does not say", () => {
  const silent = new TokenRequestError({
    vendor: "a",
    code: "invalid_client",
    detail: "no",
    vendorStatus: 401,
  });
  const chatty = new TokenRequestError({
    vendor: "bcd",
    code: "invalid_request",
    detail: "no",
    vendorStatus: 400,
    vendorCode: "400013",
    vendorReason: "bad",
    vendorMessage: "Not this one",
  });
  expect(refusalTable([silent, chatty])).toEqual([
    "vendor  code             vendorStatus  vendorCode",
    "------  ---------------  ------------  ----------",
    "a       invalid_client   401           -",
    "bcd     invalid_request  400           400013",
    "        bad",
    "        Not this one",
  ]);
});
