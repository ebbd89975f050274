import { httpDate } from "./http-date.ts";

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
