import { Module } from "@nestjs/common";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { createStonexTokenCache } from "@org/stonex-client";

/** What the token cache is injected by. */
export const STONEX_TOKENS: unique symbol = Symbol("STONEX_TOKENS");

const setting = (name: string) => process.env[name] ?? "";

@Module({
  providers: [
    {
      provide: STONEX_TOKENS,
      // One for the whole application: Nest makes a provider once.
      useFactory: (): VendorTokenCache =>
        createStonexTokenCache(
          () => ({
            clientId: setting("STONEX_CLIENT_ID"),
            clientSecret: setting("STONEX_CLIENT_SECRET"),
          }),
          { server: "sandbox", baseUrl: process.env.STONEX_URL },
        ),
    },
  ],
  exports: [STONEX_TOKENS],
})
export class TokensModule {}
