import { type AssertionOptions, assertionFrom, checkedText } from "./assertion.ts";
import type { SignWith } from "./signer.ts";

/** Who vouches for whom, to whom, with which key. */
export type BearerAssertionOptions = AssertionOptions &
  SignWith & {
    /** Who makes the assertion (`iss`), such as the e-mail address of a service account. */
    readonly issuer: string;
    /** Whose token is requested (`sub`). RFC 7523 requires it; some vendors use the issuer if it is missing. Default: none. */
    readonly subject?: string | undefined;
    /** What the token is for (`scope`), if the vendor expects it in the assertion: names separated by spaces. Default: none. */
    readonly scope?: string | undefined;
  };

/**
 * A credential that is exchanged for a token (`assertion`, the grant `urn:ietf:params:oauth:grant-type:jwt-bearer`): a
 * function that makes a JWT with its own `jti`, `iat` and `exp` each time it is called.
 *
 * The function rejects with any error that `sign` throws, and with a `TypeError` for a malformed signature or a key that
 * turns out to be broken when it is parsed.
 *
 * @throws {TypeError} naming the option that is missing, unknown or wrong; it never contains a key.
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
