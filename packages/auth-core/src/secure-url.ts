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
