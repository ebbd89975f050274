/**
 * The instant that an HTTP date names, in milliseconds since the epoch, or `undefined` for anything but an IMF-fixdate,
 * such as `Sun, 06 Nov 1994 08:49:37 GMT`.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 RFC 9110, section 5.6.7}
 */
export function httpDate(text: string | null | undefined): number | undefined {
  const instant = Date.parse(text ?? "");
  // Comparing the formatted date with the text is strict: no other format, no 30 February, no wrong day of the week.
  return !Number.isNaN(instant) && new Date(instant).toUTCString() === text ? instant : undefined;
}

/**
 * How long a `Retry-After` header asks to wait, in milliseconds: it holds whole seconds or an HTTP date. `undefined` for
 * anything else.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 RFC 9110, section 10.2.3}
 */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header && /^\d{1,15}$/.test(header)) return Number(header) * 1000;
  const date = httpDate(header);
  return date === undefined ? undefined : Math.max(0, date - now);
}
