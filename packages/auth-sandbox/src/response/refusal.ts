import { expressionPath, type TokenRefusal } from "@org/auth-spec";
import { editAt, readAt } from "../body-member.ts";
import { lowerCase, type SandboxResponse, valueResponse, withHeaders } from "../messages.ts";

/**
 * The first of these statuses that the specification documents by its number; else the success that may contain a refusal, if
 * the specification documents nothing else; else the first of all.
 */
export function documentedStatus(
  refusals: readonly TokenRefusal[],
  ...statuses: readonly [number, ...number[]]
): number {
  const documented = refusals.map(({ status }) => status);
  const exact = statuses.find((status) => documented.includes(String(status)));
  if (exact !== undefined || documented.includes("4XX") || documented.includes("default"))
    return exact ?? statuses[0];
  const inSuccess = refusals.find(({ status, mappings }) => status.startsWith("2") && mappings.length > 0);
  return inSuccess ? Number(inSuccess.status.replace("XX", "00")) : statuses[0];
}

/** A response with this status and, if the specification documents a body for it, that body. */
export function refusalResponse(
  refusals: readonly TokenRefusal[],
  status: number,
  exampleName?: string,
): SandboxResponse {
  const range = `${Math.floor(status / 100)}XX`;
  const keys = [String(status), range, ...(range === "2XX" ? [] : ["default"])];
  const refusal = keys
    .map((key) => refusals.find((one) => one.status === key))
    .find((one) => one !== undefined);
  if (refusal?.mediaType === undefined) return { status, headers: {}, body: "" };
  const body = refusal.examples[exampleName ?? ""] ?? Object.values(refusal.examples)[0];
  const response = valueResponse(status, withStatus(body, refusal, status), refusal.mediaType);
  return withHeaders(response, lowerCase(refusal.headers));
}

// If the vendor repeats the HTTP status in the body, an example for another status of the same range must not contradict it.
function withStatus(body: unknown, { mappings }: TokenRefusal, status: number): unknown {
  for (const { code: expression } of mappings) {
    const path = expressionPath(expression);
    const code = path && readAt(body, path);
    if (path && Number.isInteger(code) && Number(code) >= 100 && Number(code) <= 599) {
      return editAt(body, path, () => status);
    }
  }
  return body;
}
