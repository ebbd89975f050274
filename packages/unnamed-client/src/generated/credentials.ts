// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

/** What unnamed issues to a caller of its API. Keep it on a server. */
export interface UnnamedCredentials {
  /** OAuth client id of your application. */
  readonly clientId: string;
  /** OAuth client secret of your application. */
  readonly clientSecret: string;
}
