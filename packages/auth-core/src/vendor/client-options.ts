import { RUNTIME_MEMBERS } from "../fetch/request-copy.ts";

/** Members of `RequestInit` that only some runtimes have. */
export interface RuntimeRequestInit {
  /** Node.js: an undici dispatcher, for a proxy, a CA or a client certificate. */
  readonly dispatcher?: unknown;
  /** Deno: an HTTP client, for the same. */
  readonly client?: unknown;
  /** Bun: TLS settings. */
  readonly tls?: unknown;
  /** Bun: the URL of a proxy. */
  readonly proxy?: unknown;
  /** Bun: the path of a Unix socket. */
  readonly unix?: unknown;
  /** Cloudflare Workers: request settings. */
  readonly cf?: unknown;
  /** Next.js: cache settings. */
  readonly next?: unknown;
}

/** The options that can present a client certificate. */
export const CERTIFICATE_OPTIONS: readonly string[] = ["fetch", "dispatcher", "client", "tls"];

/** The options of a vendor's client besides server and base URL: openapi-fetch's own, and the members of `RequestInit`. */
export const CLIENT_OPTIONS: readonly string[] = [
  ...["fetch", "headers", "Request", "requestInitExt"],
  ...["querySerializer", "bodySerializer", "pathSerializer"],
  ...["cache", "credentials", "integrity", "keepalive", "mode", "priority"],
  ...["redirect", "referrer", "referrerPolicy", "signal"],
  ...RUNTIME_MEMBERS,
];

/**
 * The text of a request body in the media type that its headers name: a form, or else JSON.
 *
 * openapi-fetch can make a form too, but not in Jest, where the `Function` that it looks for is a different one.
 */
export function serializeBody(body: unknown, headers?: unknown): string {
  const type = new Headers(headers as HeadersInit | undefined).get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return JSON.stringify(body);
  return new URLSearchParams(body as Record<string, string>).toString();
}
