// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

/** What conomy issues to a caller of its API. Keep it on a server. */
export interface ConomyCredentials {
  /** Client id that Conomy HQ issued to you. */
  readonly clientId: string;
  /** Secret that belongs to the client id. Backend use only. */
  readonly clientSecret: string;
  /** API key that Conomy HQ issued to you. It is sent in addition to the client id and secret. */
  readonly apiKey: string;
  /**
   * Version of the API to speak, written day-month-year (this is not an ISO 8601 date). `24-04-2025` is v2. A request without the header is served as v1; the default given here is therefore what a client sends, not what the vendor assumes.
   * Default: "24-04-2025".
   */
  readonly apiVersion?: string | undefined;
  /** Name and version of the calling application. */
  readonly userAgent?: string | undefined;
}
