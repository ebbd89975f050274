import { readVendor } from "@org/generate/spec";
import { listVendors } from "@org/vendors";
import { describe } from "vitest";
import { useSandbox } from "./running-sandbox.ts";
import { packageSubject, type Subject, specSubject, type VendorPackage } from "./subject.ts";
import { testBadInput } from "./test-bad-input.ts";
import { testErrors } from "./test-errors.ts";
import { testFaults, testRefusals } from "./test-faults.ts";
import { testLifecycle } from "./test-lifecycle.ts";
import { testPrism } from "./test-prism.ts";
import { testRequests, testWire } from "./test-requests.ts";
import { testMalformed, testTokens } from "./test-successes.ts";
import { testTransport } from "./test-transport.ts";

/**
 * Declares the conformance tests of a vendor: its generated package and `createSpecTokenCache` with its specification both
 * pass them. Call it at the top level of a vitest file.
 *
 * What is expected comes from `specs/<vendor>/openapi.yaml`; that the specification is read correctly is
 * checked by the snapshots in `specs/<vendor>/wire` and by Prism.
 *
 * @throws {Error} when the vendor is not in redocly.yaml, or its specification has problems.
 */
export function testVendor(vendor: string, vendorPackage: VendorPackage): void {
  const [spec] = listVendors(undefined, [vendor]).map(readVendor);
  if (!spec) throw new Error(`${vendor}: expected a vendor of redocly.yaml`);
  const subjects: [name: string, subject: Subject][] = [
    ["the generated client", packageSubject(spec, vendorPackage)],
    ["the specification alone", specSubject(spec)],
  ];
  describe.each(subjects)("%s", (_, subject) => {
    testWire(subject);
    describe("the specification's examples", () => {
      testRequests(subject);
      testTokens(subject);
      testErrors(subject);
      testMalformed(subject);
    });
    describe("the transport", () => testTransport(subject));
    describe("bad input", () => testBadInput(subject));
    describe("the sandbox", () => {
      const running = useSandbox(subject);
      describe("the life of a token", () => testLifecycle(subject, running));
      describe("refused credentials", () => testRefusals(subject, running));
      describe("faults", () => testFaults(subject, running));
    });
  });
  describe("Prism", () => testPrism(spec, subjects));
}
