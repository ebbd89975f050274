export { readArguments, runCommand, UsageProblem } from "./command-line.ts";
export { environmentVariable, pascalCase } from "./names.ts";
export { staleFiles, updateFolder } from "./output-folder.ts";
export { type PublishedPackage, publishedPackages } from "./published-packages.ts";
export { type BareClient, importClient, type VendorClient } from "./vendor-client.ts";
export {
  bundleSpecifications,
  listVendors,
  orphans,
  REPOSITORY,
  readSpecification,
  type Vendor,
  vendorTraces,
} from "./vendors.ts";
