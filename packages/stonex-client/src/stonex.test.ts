import { testVendor } from "@org/conformance";
import { createStonexClient, createStonexTokenCache } from "./generated/index.ts";

testVendor("stonex", { createClient: createStonexClient, createTokenCache: createStonexTokenCache });
