export type { VendorPackage } from "./subject.ts";
export { testVendor } from "./test-vendor.ts";
