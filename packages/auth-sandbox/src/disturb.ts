import type { Effects } from "./faults.ts";
import { type Answer, withHeaders } from "./messages.ts";

const PAGE =
  "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1><p>This is a fault of the sandbox, asked for.</p>\n";

/** The answer with the faults that concern its text and headers, whatever it says. */
export function disturb(answer: Answer, { body, retryAfter }: Effects): Answer {
  const disturbed =
    retryAfter === undefined ? answer : withHeaders(answer, { "retry-after": String(retryAfter) });
  switch (body) {
    case "truncated":
      return { ...disturbed, body: answer.body.slice(0, answer.body.length / 2) };
    case "html":
      return { ...withHeaders(disturbed, { "content-type": "text/html; charset=utf-8" }), body: PAGE };
    case "empty":
      return { ...disturbed, body: "" };
    default:
      return disturbed;
  }
}
