import { describe } from "vitest";
import { createSubject } from "./subject.ts";
import { testBadInput } from "./test-bad-input.ts";
import { testErrors } from "./test-errors.ts";
import { testFaults } from "./test-faults.ts";
import { testLifecycle } from "./test-lifecycle.ts";
import { testMalformed } from "./test-malformed.ts";
import { testPrism } from "./test-prism.ts";
import { testRefusals } from "./test-refusals.ts";
import { testRequests } from "./test-requests.ts";
import { testTokens } from "./test-tokens.ts";
import { testTransport } from "./test-transport.ts";
import type { VendorPackage } from "./vendor-package.ts";

/**
 * Declares the conformance tests of a vendor's package; call it at the top level of a vitest file.
 *
 * Everything that is expected comes from `specs/<vendor>/openapi.yaml`, read here independently of the generator.
 *
 * @throws {Error} when there is no such specification, or it does not have exactly one operation with `x-token-grant`.
 */
export function testVendor(vendor: string, vendorPackage: VendorPackage): void {
  const subject = createSubject(vendor, vendorPackage);
  describe("the specification's examples", () => {
    testRequests(subject);
    testTokens(subject);
    testErrors(subject);
    testMalformed(subject);
  });
  describe("the transport", () => testTransport(subject));
  describe("bad input", () => testBadInput(subject));
  describe("the sandbox", () => {
    describe("a token's life", () => testLifecycle(subject));
    describe("refused credentials", () => testRefusals(subject));
    describe("faults", () => testFaults(subject));
  });
  describe("Prism", () => testPrism(subject));
}
