import { type SandboxResponse, withHeaders } from "../messages.ts";
import { type Check, type Checks, checkObject, oneOf, onlyTrue, wholeNumber } from "../option-check.ts";

/** What can go wrong with the body of a response. */
export type BodyFault =
  | "truncated"
  | "html"
  | "empty"
  | "no-token"
  | "token-not-string"
  | "json-string"
  | "broken-json-string";

/** Something that goes wrong with a vendor's responses. Members combine; every fault needs at least one effect. */
export interface Fault {
  /** Which requests meet it: those for a token (the default) or those to the protected resource. */
  readonly on?: "token" | "resource";
  /** How many requests meet it before it ends. Default: all, until it is cleared. */
  readonly times?: number;
  /** Milliseconds to wait before anything else happens. */
  readonly delay?: number;
  /** Cut the connection instead of responding. */
  readonly drop?: true;
  /** Refuse with this status, 400 to 599, in the vendor's documented shape if there is one. */
  readonly status?: number;
  /** The `Retry-After` header: seconds, or any text such as an HTTP date. */
  readonly retryAfter?: number | string;
  /**
   * `truncated`: half of the text. `html`: an HTML page. `empty`: nothing. For token responses also `no-token`: without the
   * access token; `token-not-string`: a number instead; and, if the specification lets an object also be a string of JSON,
   * `json-string`: that string; `broken-json-string`: half of that string.
   */
  readonly body?: BodyFault;
  /** Respond with the specification's example of this name, if the response's status has it; for documented alternatives. */
  readonly example?: string;
  /** Milliseconds by which the vendor's clock is wrong: added to `Date`, `iat`, `exp` and `expires_at`, not to the real lifetime. */
  readonly clockOffset?: number;
  /** Leave `expires_in` and `expires_at` out. Claims inside a JWT stay. */
  readonly omitExpiry?: true;
}

/** The faults that one request meets, merged. */
export type Effects = Omit<Fault, "on" | "times">;

/** The faults that a vendor's specification makes possible. */
export interface FaultChoices {
  /** What can go wrong with the body of a token response. */
  readonly bodies: readonly BodyFault[];
  readonly exampleNames: readonly string[];
}

const TEXT_FAULTS: readonly BodyFault[] = ["truncated", "html", "empty"];
/** For every vendor. */
export const TOKEN_FAULTS: readonly BodyFault[] = [...TEXT_FAULTS, "no-token", "token-not-string"];
/** For a vendor whose specification lets an object also be a string of JSON. */
export const JSON_STRING_FAULTS: readonly BodyFault[] = [
  ...TOKEN_FAULTS,
  "json-string",
  "broken-json-string",
];

const LONGEST_TIMER = 2 ** 31 - 1;
const TEN_YEARS = 315_576_000_000;

const header: Check = (value) =>
  wholeNumber(0, Number.MAX_SAFE_INTEGER)(value) === undefined ||
  (typeof value === "string" && /^[\x20-\x7e]+$/.test(value))
    ? undefined
    : "whole seconds from 0, or printable text such as an HTTP date";

/**
 * Checks a fault that came from code or from the control endpoint.
 *
 * @throws TypeError when a member is unknown, has a wrong value, or is not possible with this vendor; it lists what is valid.
 */
export function checkFault(fault: unknown, choices: FaultChoices): asserts fault is Fault {
  const onResource = typeof fault === "object" && fault !== null && "on" in fault && fault.on === "resource";
  const effects: Checks = {
    delay: wholeNumber(0, LONGEST_TIMER),
    drop: onlyTrue,
    status: wholeNumber(400, 599),
    retryAfter: header,
    body: oneOf(onResource ? TEXT_FAULTS : choices.bodies),
    example: oneOf(choices.exampleNames),
    clockOffset: wholeNumber(-TEN_YEARS, TEN_YEARS),
    ...(!onResource && { omitExpiry: onlyTrue }),
  };
  const conditions: Checks = {
    on: oneOf(["token", "resource"]),
    times: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  };
  checkObject("fault member", fault, { ...conditions, ...effects });
  const names = Object.keys(effects);
  if (!names.some((name) => (fault as Record<string, unknown>)[name] !== undefined)) {
    throw new TypeError(`a fault needs at least one of ${names.join(", ")}, such as { status: 503 }`);
  }
}

/** The faults of one vendor that are in force. */
export interface FaultQueue {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The effects that the next request of this kind meets; uses up one turn of a counted fault. */
  take(on: "token" | "resource"): Effects;
}

/**
 * An empty queue. Faults with `times` form a queue, one per request; faults without `times` are always in force and combine.
 * If two set the same member, the one with `times` wins, then the newest.
 */
export function createFaultQueue(): FaultQueue {
  let faults: readonly Fault[] = [];
  return {
    add(fault) {
      faults = [...faults, { ...fault }];
    },
    clear() {
      faults = [];
    },
    list: () => faults,
    take(on) {
      if (faults.length === 0) return {};
      const mine = faults.filter((fault) => (fault.on ?? "token") === on);
      const next = mine.find(({ times }) => times !== undefined);
      const standing = mine.filter(({ times }) => times === undefined);
      if (next?.times !== undefined) {
        const left = next.times - 1;
        faults = faults.flatMap((fault) =>
          fault !== next ? [fault] : left > 0 ? [{ ...fault, times: left }] : [],
        );
      }
      const { on: _on, times: _times, ...effects }: Fault = Object.assign({}, ...standing, next);
      return effects;
    },
  };
}

const PAGE =
  "<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1><p>This is a fault of the sandbox, asked for.</p>\n";

/** The response with the faults that affect its text and headers, whatever its content. */
export function disturb(response: SandboxResponse, { body, retryAfter }: Effects): SandboxResponse {
  const disturbed =
    retryAfter === undefined ? response : withHeaders(response, { "retry-after": String(retryAfter) });
  switch (body) {
    case "truncated":
      return { ...disturbed, body: response.body.slice(0, response.body.length / 2) };
    case "html":
      return { ...withHeaders(disturbed, { "content-type": "text/html; charset=utf-8" }), body: PAGE };
    case "empty":
      return { ...disturbed, body: "" };
    default:
      return disturbed;
  }
}
