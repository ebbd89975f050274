export { bundleSpecifications } from "./bundle-specifications.ts";
export { readArguments, runCommand, UsageProblem } from "./command-line.ts";
export { environmentVariable, pascalCase } from "./names.ts";
export { orphans } from "./orphans.ts";
export { type PublishedPackage, publishedPackages } from "./published-packages.ts";
export { readSpecification, type Specification } from "./specification.ts";
export {
  type BareClient,
  type BareResponse,
  importClient,
  type VendorClient,
  type VendorClientOptions,
} from "./vendor-client.ts";
export { listVendors, REPOSITORY, type Vendor } from "./vendor-list.ts";
