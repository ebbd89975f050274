/** Replaces every known secret in a text, in each form in which a server might echo it. */
export type Redact = (text: string) => string;

const MASK = "[redacted]";
/** A text is quoted as evidence up to here. */
const EXCERPT_LENGTH = 200;
/** Words that announce a credential, and runs of characters long enough to be one. */
const CREDENTIAL_LIKE = /token|secret|key|password|bearer|[\w+/=.~-]{20,}/i;

/** A `Redact` that knows these secrets. */
export function redactor(secrets: readonly string[]): Redact {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ "": secret }).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
    ])
    // Longest first, so that a secret which contains another leaves nothing behind.
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.replaceAll(form, MASK), text);
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
  const { name, message, code, cause } = (thrown ?? {}) as Error & { code?: unknown };
  const error = new Error(redact(typeof message === "string" ? message : String(thrown)));
  error.name = typeof name === "string" ? redact(name) : "Error";
  if (typeof code === "string") Object.assign(error, { code: redact(code) });
  if (cause !== undefined && depth > 1) error.cause = evidence(cause, redact, depth - 1);
  return error;
}
