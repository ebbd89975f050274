import { findSpellings, needlesFor } from "./spelling.ts";

/** Replaces every known secret in a text, in each form in which a server might echo it; a long text is cut. */
export type Redact = (text: string) => string;

const MASK = "[redacted]";
/** At most this much of a vendor's text is read, so that the time does not depend on its length. */
const LONGEST_TEXT = 4096;
/** At most this much of a text is quoted as evidence. */
const EXCERPT_LENGTH = 200;
/** Words that announce a credential, and runs of characters long enough to be one. */
const CREDENTIAL_LIKE = /token|secret|key|password|bearer|[\w+/=.~-]{20,}/i;

/** A `Redact` that knows these secrets and their base64, and looks at the first 4,096 characters of a text. */
export function redactor(secrets: readonly string[]): Redact {
  const needles = needlesFor(secrets.flatMap((secret) => [secret, base64(secret)]));
  return (text) => {
    const seen = text.slice(0, LONGEST_TEXT);
    let redacted = "";
    let end = 0;
    for (const [from, to] of findSpellings(seen, needles, seen !== text)) {
      redacted += seen.slice(end, from) + MASK;
      end = to;
    }
    return redacted + seen.slice(end);
  };
}

/** The start of a text as evidence, or why it is withheld: it must not contain anything that may be a credential. */
export function excerpt(text: string, redact: Redact): string {
  if (text === "") return "an empty body";
  const seen = text.slice(0, LONGEST_TEXT);
  if (redact(seen) !== seen || CREDENTIAL_LIKE.test(seen))
    return "a body that may contain a credential (withheld)";
  return JSON.stringify(seen.slice(0, EXCERPT_LENGTH));
}

/** Base64 of a text, without the padding, which an echo may leave out. */
export function base64(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/=+$/, "");
}
