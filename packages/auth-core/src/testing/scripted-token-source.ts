import type { AccessTokenInit } from "../access-token.ts";
import type { TokenSource, TokenSourceRequest } from "../token-source.ts";

/** One answer: a token, an error to throw, or a function that decides. */
export type ScriptedAnswer =
  | AccessTokenInit
  | Error
  | ((request: TokenSourceRequest) => AccessTokenInit | Promise<AccessTokenInit>);

/** A token source that remembers what it was asked. */
export interface ScriptedTokenSource extends TokenSource {
  /** What the cache asked, oldest first. */
  readonly requests: readonly TokenSourceRequest[];
}

/**
 * A token source that gives these answers in turn.
 *
 * @throws {Error} on a call, when it is asked more often than there are answers.
 */
export function scriptedTokenSource(answers: readonly ScriptedAnswer[]): ScriptedTokenSource {
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
