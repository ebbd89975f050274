import type { CredentialSchema } from "./credential-schema.ts";
import type { ResponseMappings } from "./response-mapping.ts";

/** How one credential is used. */
export interface CredentialRule {
  /** The request cannot be made without it. */
  readonly required: boolean;
  /** It must never be printed. */
  readonly secret: boolean;
  /** It is sent in a header, which can only carry printable ASCII. Default: it may be any text. */
  readonly header?: boolean;
  /** It is a part of the path, where "." and ".." would lead elsewhere. Default: it is not. */
  readonly path?: boolean;
  /** It is this part of the HTTP Basic authentication. Default: none. */
  readonly basic?: "username" | "password";
  /** HTTP Basic authentication sends it unencoded, for a server that does not decode. Default: form-encoded. */
  readonly encoding?: "raw";
  /** It is sent in `Authorization` after this word, such as `"Bearer"`, or alone for `""`. Default: it is not. */
  readonly authorization?: string;
  /** It is sent in a cookie with this name. Default: it is not. */
  readonly cookie?: string;
  /** What its text must conform to. Default: any text. */
  readonly schema?: CredentialSchema;
}

/** Settings with which every token request is sent. */
export interface TokenRequestInit {
  readonly signal: AbortSignal;
  /** Redirects are not followed: credentials go to the token endpoint and nowhere else. */
  readonly redirect: "manual";
  /** Headers that carry credentials and that the typed client does not set. */
  readonly headers?: { readonly Authorization?: string; readonly Cookie?: string };
  /** Middleware of openapi-fetch that tells `requestToken` which URL is requested, for its messages. */
  readonly middleware: { onRequest(sent: { readonly request: Request }): void }[];
}

/** What a typed client resolves to: `data` of a success, `error` of a refusal, as text or parsed JSON. */
export interface TokenResponse {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * A vendor's token endpoint as data: which credentials it takes and how its responses are read. Only `send` is code, since
 * its types come from the vendor's own client.
 *
 * Generated from a specification; `requestToken` runs it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749, section 3.2}
 */
export interface TokenEndpoint<Client, Credentials> {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** Grant -> credential -> how it is used. The first grant is the default for credentials that do not name one. */
  readonly grants: Readonly<Record<string, Readonly<Record<string, CredentialRule>>>>;
  /** Grant -> how the responses of its operation are read. */
  readonly responses: Readonly<Record<string, ResponseMappings>>;
  /** Sends one token request through the vendor's typed client. */
  send(client: Client, credentials: Credentials, init: TokenRequestInit): Promise<TokenResponse>;
}

/** The grant that credentials are for: the one they name if the vendor has several, else its only one. */
export function grantOf(endpoint: Pick<TokenEndpoint<never, never>, "grants">, credentials: object): string {
  const grants = Object.keys(endpoint.grants);
  return grants.length === 1 ? String(grants[0]) : String((credentials as { grant?: unknown }).grant);
}
