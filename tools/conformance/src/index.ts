export { testVendor } from "./test-vendor.ts";
export type { BareAnswer, BareClient, VendorPackage } from "./vendor-package.ts";
