import type { AccessTokenInit } from "../access-token.ts";
import { typeName } from "../argument-checks.ts";
import type { TokenSource, TokenSourceRequest } from "../token-source.ts";

/** One scripted result: a token, an error to throw, or a function that decides. */
export type ScriptedAnswer =
  | AccessTokenInit
  | Error
  | ((request: TokenSourceRequest) => AccessTokenInit | Promise<AccessTokenInit>);

/** A token source that records its requests. */
export interface ScriptedTokenSource extends TokenSource {
  /** The cache's requests, oldest first. */
  readonly requests: readonly TokenSourceRequest[];
}

/**
 * A token source that returns these results in turn.
 *
 * @throws {TypeError} when `answers` is not a list.
 * @throws {Error} on a call, when it is asked more often than there are results.
 */
export function scriptedTokenSource(answers: readonly ScriptedAnswer[]): ScriptedTokenSource {
  if (!Array.isArray(answers)) {
    throw new TypeError(
      `answers: expected a list, such as [{ accessToken: "a" }], received ${typeName(answers)}`,
    );
  }
  const requests: TokenSourceRequest[] = [];
  const source: TokenSource = async (request) => {
    const answer = answers[requests.length];
    requests.push(request);
    if (answer === undefined) {
      throw new Error(`scriptedTokenSource: asked ${requests.length} times, has ${answers.length} answers`);
    }
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(request) : answer;
  };
  return Object.assign(source, { requests });
}
