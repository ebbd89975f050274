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

/** A header's name in lower case and its value; `null` if openapi-fetch should leave it out. */
export type HeaderPart = readonly [name: string, value: string | null];

/**
 * A copy of a client's headers, in a fixed order, from whatever form they were given: openapi-fetch takes the places of a list
 * for names, and nothing from a `Map`.
 *
 * @throws {TypeError} naming the header that no request can carry; the error of `Headers` would show its value.
 */
export function readHeaders(vendor: string, headers: unknown): HeaderPart[] {
  const given = Object(headers ?? {});
  const entries: Iterable<[string, unknown]> = Symbol.iterator in given ? given : Object.entries(given);
  const read = new Headers();
  const left: HeaderPart[] = [];
  for (const [name, value] of entries) {
    try {
      if (value === null) left.push([name.toLowerCase(), null]);
      else if (value !== undefined) read.append(name, [value].flat().join(", "));
    } catch {
      throw new TypeError(
        `${vendor}: headers: expected names and values that a request can carry, received others for ${JSON.stringify(name)} (the value is not shown)`,
      );
    }
  }
  return [...read, ...left];
}

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
