import { type AssertionOptions, assertionFrom, checkedText } from "./assertion.ts";
import type { SignWith } from "./signer.ts";

/** Who vouches for whom, to whom, with which key. */
export type BearerAssertionOptions = AssertionOptions &
  SignWith & {
    /** Who makes the assertion (`iss`), such as the e-mail address of a service account. */
    readonly issuer: string;
    /** Whose token is asked for (`sub`). RFC 7523 requires it; some vendors take its absence for the issuer. Default: none. */
    readonly subject?: string | undefined;
    /** What the token is for (`scope`), where the vendor wants it in the assertion: names with spaces between. Default: none. */
    readonly scope?: string | undefined;
  };

/**
 * A credential that is exchanged for a token (`assertion`, the grant `urn:ietf:params:oauth:grant-type:jwt-bearer`): a
 * function that makes a JWT with an own `jti`, `iat` and `exp` each time it is called.
 *
 * The function rejects with what `sign` throws, and with a `TypeError` for a signature that is not one, or a key that
 * only turns out to be broken when it is parsed.
 *
 * @throws {TypeError} naming the option that is missing, unknown or wrong; it never holds a key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.1 RFC 7523, sections 2.1 and 3}
 */
export function bearerAssertion(options: BearerAssertionOptions): () => Promise<string> {
  const { issuer, subject, scope } = options ?? {};
  const make = () => ({
    iss: checkedText("issuer", issuer, "robot@project.example"),
    sub: subject === undefined ? undefined : checkedText("subject", subject, "ada@example.com"),
    scope: scope === undefined ? undefined : checkedText("scope", scope, "read write"),
  });
  return assertionFrom(options, make, ["issuer", "subject", "scope"]);
}
