import { TokenRequestError } from "@org/auth-core";
import type { Subject } from "./subject.ts";

/**
 * Asks for a token with a client id that the vendor never issued, and answers how it was refused.
 *
 * @throws Error when the vendor issues a token all the same; whatever else than a refusal goes wrong is thrown as it is.
 */
export async function presentWrongClientId(subject: Subject): Promise<TokenRequestError> {
  const { name, vendor, withCredentials } = subject;
  const tokens = withCredentials({ ...vendor.credentials(), clientId: "nobody" });
  const refusal = await tokens.getToken().then(
    () => undefined,
    (error: unknown) => error,
  );
  if (refusal === undefined)
    throw new Error(`${name}: expected a wrong client id to be refused, received a token`);
  if (refusal instanceof TokenRequestError && refusal.vendorStatus !== undefined) return refusal;
  throw refusal;
}
