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
