// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

/** What stonex issues to a caller of its API. Keep it on a server. */
export interface StonexCredentials {
  /** Client id that your account manager at StoneX gave you. */
  readonly clientId: string;
  /** Secret that belongs to the client id. */
  readonly clientSecret: string;
  /**
   * Major version of the API, without the `v`. The vendor raises it only for breaking changes. The authentication page prints the path without a number; `1` is what the vendor's other calls use.
   * Default: "1".
   */
  readonly version?: string | undefined;
}
