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
  const known = secrets.filter((secret) => secret !== "");
  if (known.length === 0) return (text) => text;
  // Longest first, so that a secret which contains another leaves nothing behind.
  const whole = known.flatMap(formsOf).sort((a, b) => b.length - a.length);
  const starts = whole
    .filter((form) => form.length > RECOGNISED_BY)
    .map((form) => `${escaped(form.slice(0, RECOGNISED_BY))}\\S*`);
  const pattern = new RegExp([...whole.map(escaped), ...starts].join("|"), "gi");
  return (text) => text.replaceAll(pattern, MASK);
}

/** The start of a text as evidence, or why it is withheld: it must hold nothing that may be a credential. */
export function excerpt(text: string, redact: Redact): string {
  if (text === "") return "an empty body";
  if (redact(text) !== text || CREDENTIAL_LIKE.test(text))
    return "a body that may hold a credential (withheld)";
  return JSON.stringify(text.slice(0, EXCERPT_LENGTH));
}

/**
 * What is left of a thrown value once secrets are replaced: name, message and code, three causes deep.
 * The original is not kept, since what it drags along (requests, headers) is not known.
 */
export function evidence(thrown: unknown, redact: Redact, depth = 3): Error {
  const error = new Error("thrown without a message");
  try {
    const { name, message = thrown, code, cause } = Object(thrown) as Partial<Error> & { code?: unknown };
    if (typeof message === "string") error.message = redact(message);
    if (typeof name === "string") error.name = redact(name);
    if (typeof code === "string") Object.assign(error, { code: redact(code) });
    if (cause !== undefined && depth > 1) error.cause = evidence(cause, redact, depth - 1);
  } catch {
    // Even looking at it may throw; that it was thrown is all there is to say.
  }
  return error;
}

/** How a server may spell a secret: plain, in a URL, in a form, in JSON, in HTML, in base64. */
function formsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  return [secret, encodeURIComponent(secret), form, json, json.replaceAll("/", "\\/"), html, base64(secret)];
}

/** Base64 of a text, without the padding, which an echo may leave out. */
export function base64(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/=+$/, "");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
