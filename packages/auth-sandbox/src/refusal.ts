import { expressionPath, type TokenRefusal } from "@org/auth-spec";
import { editAt, readAt } from "./body-member.ts";
import { type SandboxResponse, valueResponse } from "./messages.ts";

/** The first of these statuses that the specification documents by its number, else the first of all. */
export function documentedStatus(
  refusals: readonly TokenRefusal[],
  ...statuses: readonly [number, ...number[]]
): number {
  const documented = refusals.map(({ status }) => status);
  return statuses.find((status) => documented.includes(String(status))) ?? statuses[0];
}

/** A response with this status and, where the specification documents a body for it, that body. */
export function refusalResponse(
  refusals: readonly TokenRefusal[],
  status: number,
  exampleName?: string,
): SandboxResponse {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, "default"];
  const refusal = keys
    .map((key) => refusals.find((one) => one.status === key))
    .find((one) => one !== undefined);
  if (refusal?.mediaType === undefined) return { status, headers: {}, body: "" };
  const body = refusal.examples[exampleName ?? ""] ?? Object.values(refusal.examples)[0];
  return valueResponse(status, withStatus(body, refusal, status), refusal.mediaType);
}

// Where the vendor repeats the HTTP status in the body, an example for another status of the same range must not contradict it.
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
