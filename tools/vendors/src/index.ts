export { readArguments, runCommand, runProgram, UsageProblem, wholeNumber } from "./command-line.ts";
export { findPaths, staleFiles, updateFolder } from "./files.ts";
export { betweenMarkers } from "./markers.ts";
export { camelCase, environmentVariable, pascalCase } from "./names.ts";
export { type PublishedPackage, publishedPackages } from "./published-packages.ts";
export { type BareClient, importClient, type VendorClient } from "./vendor-client.ts";
export {
  bundleSpecifications,
  copyCheckout,
  listVendors,
  orphans,
  REPOSITORY,
  readSpecification,
  tracesOf,
  type Vendor,
} from "./vendors.ts";
