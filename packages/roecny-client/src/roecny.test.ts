import { testVendor } from "@org/conformance";
import { createRoecnyClient, createRoecnyTokenCache } from "./generated/index.ts";

testVendor("roecny", { createClient: createRoecnyClient, createTokenCache: createRoecnyTokenCache });
