import { testVendor } from "@org/conformance";
import { createConomyClient, createConomyTokenCache } from "./generated/index.ts";

testVendor("conomy", { createClient: createConomyClient, createTokenCache: createConomyTokenCache });
