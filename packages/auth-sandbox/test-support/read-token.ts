import { readAt } from "../src/body-member.ts";
import type { ServedOperation } from "../src/vendor/vendor-spec.ts";

/** The members of RFC 6749 in a token response, found where the specification says. */
export function readMembers({ sample }: ServedOperation, body: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(sample.paths).map(([member, path]) => [member, readAt(body, path)]),
  );
}

/** Asserts that a response was a success and hands over its access token. */
export async function readAccessToken(operation: ServedOperation, response: Response): Promise<string> {
  if (response.status !== 200) {
    throw new Error(`expected a token, got ${response.status}: ${response.headers.get("sandbox-reason")}`);
  }
  return String(readMembers(operation, await response.json()).access_token);
}
