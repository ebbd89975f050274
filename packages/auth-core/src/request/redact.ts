/** Replaces every known secret in a text, in each form in which a server might echo it. */
export type Redact = (text: string) => string;

const MASK = "[redacted]";
/** An echo that was cut off is recognised by this many of its first characters. */
const RECOGNISED_BY = 8;
/** A text is quoted as evidence up to here. */
const EXCERPT_LENGTH = 200;
/** Words that announce a credential, and runs of characters long enough to be one. */
const CREDENTIAL_LIKE = /token|secret|key|password|bearer|[\w+/=.~-]{20,}/i;

/** A `Redact` that knows these secrets. */
export function redactor(secrets: readonly string[]): Redact {
  const known = secrets.filter((secret) => secret !== "").flatMap((secret) => [secret, base64(secret)]);
  if (known.length === 0) return (text) => text;
  // Longest first, so that a secret which contains another leaves nothing behind.
  const whole = known.sort((a, b) => b.length - a.length);
  const starts = whole
    .filter(({ length }) => length > RECOGNISED_BY)
    .map((secret) => secret.slice(0, RECOGNISED_BY));
  const pattern = [...whole.map(inAnySpelling), ...starts.map((start) => `${inAnySpelling(start)}\\S*`)];
  const search = new RegExp(pattern.join("|"), "gi");
  return (text) => text.replaceAll(search, MASK);
}

/** The start of a text as evidence, or why it is withheld: it must hold nothing that may be a credential. */
export function excerpt(text: string, redact: Redact): string {
  if (text === "") return "an empty body";
  if (redact(text) !== text || CREDENTIAL_LIKE.test(text))
    return "a body that may hold a credential (withheld)";
  return JSON.stringify(text.slice(0, EXCERPT_LENGTH));
}

/** A pattern for a secret as it is, in a URL, a form, HTML, or JSON, however often that was put into JSON again. */
function inAnySpelling(secret: string): string {
  const spelt = (character: string) =>
    /\w/.test(character) ? character : `(?:%[\\da-f]{2}|\\+|&#?\\w+;|\\\\+u[\\da-f]{4}|\\\\*\\${character})`;
  return Array.from(secret, spelt).join("");
}

/** Base64 of a text, without the padding, which an echo may leave out. */
export function base64(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/=+$/, "");
}
