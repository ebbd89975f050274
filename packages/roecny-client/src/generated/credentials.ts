// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

/** What roecny issues to a caller of its API. Keep it on a server. */
export interface RoecnyCredentials {
  /** Client id that Roecny issued to you. */
  readonly clientId: string;
  /** Secret API key that Roecny issued to you. */
  readonly apiKey: string;
  /** Permissions to ask for, separated by spaces. The vendor's header table leaves this header out; most of its samples send it. */
  readonly scope?: string | undefined;
}
