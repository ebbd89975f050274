import { type AssertionOptions, assertionFrom, checkedText } from "./assertion.ts";
import type { SignWith } from "./signer.ts";

/** Who authenticates to whom, with which key. */
export type ClientAssertionOptions = AssertionOptions &
  SignWith & {
    /** The client's id: issuer (`iss`) and subject (`sub`) of the assertion. */
    readonly clientId: string;
  };

/**
 * A credential with which a client authenticates instead of a secret (`client_assertion`, `private_key_jwt`): a function
 * that makes a JWT with its own `jti`, `iat` and `exp` each time it is called.
 *
 * The function rejects with any error that `sign` throws, and with a `TypeError` for a malformed signature or a key that
 * turns out to be broken when it is parsed.
 *
 * @throws {TypeError} naming the option that is missing, unknown or wrong; it never contains a key.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7523#section-2.2 RFC 7523, sections 2.2 and 3}
 */
export function clientAssertion(options: ClientAssertionOptions): () => Promise<string> {
  const { clientId } = options ?? {};
  const make = () => {
    const id = checkedText("clientId", clientId, "app-4711");
    return { iss: id, sub: id };
  };
  return assertionFrom(options, make, ["clientId"]);
}
