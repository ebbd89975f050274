import { evidence, TokenRequestError, type TokenRequestErrorInit } from "../token-request-error.ts";
import type { Redact } from "./redact.ts";

/** One of the requests made for a token, and the errors that may come of it. */
export interface Attempt {
  readonly redact: Redact;
  /** What was requested, such as `POST https://api.example.com/token`. */
  readonly target: () => string;
  /** Learns what is requested. */
  readonly sent: (request: Request) => void;
  /** An error of this attempt. */
  readonly failed: (failure: Omit<TokenRequestErrorInit, "vendor" | "attempts">) => TokenRequestError;
}

/** The attempt with this number, from 1 on; its target has no query, since that may contain a credential. */
export function attemptOf(vendor: string, attempts: number, redact: Redact): Attempt {
  let target = "the token endpoint";
  return {
    redact,
    target: () => target,
    sent: ({ method, url }) => {
      const place = withoutQuery(url);
      if (place !== undefined) target = `${method} ${redact(place)}`;
    },
    failed: (failure) => new TokenRequestError({ vendor, attempts, ...failure }),
  };
}

/** The error for a request that got no response, with the code of the innermost cause. */
export function noResponse({ failed, target, redact }: Attempt, thrown: unknown): TokenRequestError {
  const cause = evidence(thrown, redact);
  const code = rootCode(cause);
  const detail = `no response from ${target()}${code === undefined ? "" : ` (${code})`}`;
  return failed({ code: "network_error", detail, cause });
}

/** Origin and path of a URL, resolved against `base` if it is relative. */
export function withoutQuery(url: string, base?: string): string | undefined {
  if (!URL.canParse(url, base)) return undefined;
  const { origin, pathname } = new URL(url, base);
  return origin + pathname;
}

function rootCode({ cause, code }: Error & { code?: string }): string | undefined {
  return (cause instanceof Error ? rootCode(cause) : undefined) ?? code;
}
