import { readAt } from "../expression.ts";
import type { TokenOperation } from "../vendor-spec.ts";

/** The members of RFC 6749 in a token answer, found where the specification says. */
export function readMembers({ success }: TokenOperation, body: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(success.paths).map(([member, path]) => [member, readAt(body, path)]),
  );
}

/** Asserts that an answer was a success and hands over its access token. */
export async function readAccessToken(operation: TokenOperation, response: Response): Promise<string> {
  if (response.status !== 200) {
    throw new Error(`expected a token, got ${response.status}: ${response.headers.get("sandbox-reason")}`);
  }
  return String(readMembers(operation, await response.json()).access_token);
}
