import { testVendor } from "@org/conformance";
import { createContitClient, createContitTokenCache } from "./generated/index.ts";

testVendor("contit", { createClient: createContitClient, createTokenCache: createContitTokenCache });
