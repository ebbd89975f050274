/** Microsoft's libraries insist on an https authority: this one does not exist, and its requests are sent to loopback. */
export const AUTHORITY = "https://login.example.invalid";

/** What they would otherwise download first. */
export const AUTHORITY_METADATA: string = JSON.stringify({
  issuer: `${AUTHORITY}/tenant/v2.0`,
  authorization_endpoint: `${AUTHORITY}/tenant/oauth2/v2.0/authorize`,
  token_endpoint: `${AUTHORITY}/tenant/oauth2/v2.0/token`,
  end_session_endpoint: `${AUTHORITY}/tenant/oauth2/v2.0/logout`,
  jwks_uri: `${AUTHORITY}/tenant/discovery/v2.0/keys`,
});
