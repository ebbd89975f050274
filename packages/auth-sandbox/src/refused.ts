import { type Answer, withHeaders } from "./messages.ts";

/** The header in which the sandbox, unlike the vendor, says why it refused. */
const REASON = "sandbox-reason";

/** A refusal on the sandbox's own account (no fault asked for it), with the reason in a header. */
export function refused(answer: Answer, reason: string): Answer {
  return withHeaders(answer, { [REASON]: reason.replace(/[^\x20-\x7e]/g, "?") });
}

/** Whether the sandbox refused on its own account. */
export function isRefused(answer: Answer): boolean {
  return REASON in answer.headers;
}
