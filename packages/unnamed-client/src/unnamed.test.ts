import { testVendor } from "@org/conformance";
import { createUnnamedClient, createUnnamedTokenCache } from "./generated/index.ts";

testVendor("unnamed", { createClient: createUnnamedClient, createTokenCache: createUnnamedTokenCache });
