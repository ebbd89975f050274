/**
 * Where a token may go: the origins of `baseUrl` and of `allowedOrigins`.
 *
 * @returns a check that throws a `TypeError` for any other URL, before anything is sent, and returns the URL to send to
 * @throws {TypeError} when there is no origin at all, or one is not https (loopback may be http), or an entry of
 * `allowedOrigins` is more than an origin.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6454#section-4 RFC 6454, section 4}
 */
export function allowedTarget(
  baseUrl: string | undefined,
  allowedOrigins: readonly string[],
): (url: string) => string {
  if (!Array.isArray(allowedOrigins)) {
    throw new TypeError(
      `allowedOrigins: expected a list such as ["https://api.example.com"], received ${typeof allowedOrigins}`,
    );
  }
  const origins = new Set(baseUrl === undefined ? [] : [secureUrl("baseUrl", baseUrl).origin]);
  for (const entry of allowedOrigins) origins.add(originOf(entry));
  if (origins.size === 0) {
    throw new TypeError(
      'allowedOrigins: expected the origins the token may go to, such as ["https://api.example.com"]',
    );
  }
  const starts = [...origins].map((origin) => `${origin}/`);
  return (url) => {
    // An origin up to its first slash cannot be anything else, and parsing every URL costs more than the rest of a call.
    if (starts.some((start) => url.startsWith(start))) return url;
    const { origin, href } = secureUrl("url", url);
    // As it was read here, since a `fetch` of one's own may read the same text in another way.
    if (origins.has(origin)) return href;
    throw new TypeError(`url: the token may go to ${[...origins].join(", ")}, not to ${origin}`);
  };
}

/** An entry says a whole origin and nothing else: a path that had no effect would be taken for a limit. */
function originOf(entry: string): string {
  const { href, origin, hostname } = secureUrl("allowedOrigins", entry);
  const expected = 'allowedOrigins: expected an origin such as "https://api.example.com"';
  if (hostname.includes("*"))
    throw new TypeError(`${expected}, received "${origin}": list each host by its name`);
  if (href === `${origin}/`) return origin;
  throw new TypeError(`${expected}, received "${origin}" with a path, a query or a fragment after it`);
}

/**
 * Parses a URL over which a secret may travel.
 *
 * @throws {TypeError} when it is not an absolute URL, carries a user name or password, or is neither https nor http to loopback.
 */
export function secureUrl(name: string, url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const expected = 'expected an absolute https URL such as "https://api.example.com"';
  if (!parsed) throw new TypeError(`${name}: ${expected}, received ${shown(url)}`);
  if (parsed.username || parsed.password)
    throw new TypeError(`${name}: ${expected}, received one with a user name in it`);
  if (parsed.protocol === "https:" || (parsed.protocol === "http:" && isLoopback(parsed.hostname)))
    return parsed;
  throw new TypeError(
    `${name}: ${expected} (http only to loopback), received ${parsed.protocol}//${parsed.host}`,
  );
}

/** Text that is not a URL, unless a password or a query may be in it. */
function shown(text: string): string {
  const isHarmless = /^([a-z][a-z\d+.-]*:)?[^:@%?#]*(:\d+)?([/\\][^:@%?#]*)?$/i.test(
    String(text).slice(0, 200),
  );
  if (isHarmless && String(text).length <= 200) return JSON.stringify(text);
  return "text that is not a URL (not shown, since a password may be in it)";
}

/** Not every resolver keeps `x.localhost` on this machine: musl's asks DNS. */
function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
