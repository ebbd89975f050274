/**
 * Where a token may go: the origins of `baseUrl` and of `allowedOrigins`.
 *
 * @returns a check that throws a `TypeError` for any other URL, before anything is sent
 * @throws {TypeError} when there is no origin at all, or one is not https (loopback may be http).
 */
export function allowedTarget(
  baseUrl: string | undefined,
  allowedOrigins: readonly string[],
): (url: string) => void {
  const allowed = [...(baseUrl === undefined ? [] : [baseUrl]), ...allowedOrigins];
  const origins = new Set(allowed.map((url) => secureUrl("allowedOrigins", url).origin));
  if (origins.size === 0) {
    throw new TypeError(
      'allowedOrigins: expected the origins the token may go to, such as ["https://api.example.com"]',
    );
  }
  const starts = [...origins].map((origin) => `${origin}/`);
  return (url) => {
    // An origin up to its first slash cannot be anything else, and parsing every URL costs more than the rest of a call.
    if (starts.some((start) => url.startsWith(start))) return;
    const { origin } = secureUrl("url", url);
    if (origins.has(origin)) return;
    throw new TypeError(`url: the token may go to ${[...origins].join(", ")}, not to ${origin}`);
  };
}

/**
 * Parses a URL over which a secret may travel.
 *
 * @throws {TypeError} when it is no absolute URL, carries a user name or password, or is neither https nor http to loopback.
 */
export function secureUrl(name: string, url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const expected = 'expected an absolute https URL such as "https://api.example.com"';
  if (!parsed) throw new TypeError(`${name}: ${expected}, received ${JSON.stringify(url)}`);
  if (parsed.username || parsed.password)
    throw new TypeError(`${name}: ${expected}, received one with a user name in it`);
  if (parsed.protocol === "https:" || (parsed.protocol === "http:" && isLoopback(parsed.hostname)))
    return parsed;
  throw new TypeError(
    `${name}: ${expected} (http only to loopback), received ${parsed.protocol}//${parsed.host}`,
  );
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
