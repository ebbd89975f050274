import { TokenRequestError } from "@org/auth-core";

/** Exit codes; `curl` also passes on curl's own codes. */
export const EXIT = {
  success: 0,
  /** No token: refused, not reached, or the credentials could not be read. */
  failure: 1,
  /** Invalid arguments or environment variables. */
  usage: 2,
  /** `check` found deviations. */
  deviations: 3,
  /** `curl` was not started; as in coreutils' wrappers, distinct from the wrapped program's codes. */
  notStarted: 125,
} as const;

/** Something that the user can fix; the message says how. */
export class Problem extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * An error as text for a person, and the exit code.
 *
 * @param source - where the credentials came from, if they were read
 */
export function explained(error: unknown, source?: string): { readonly text: string; readonly code: number } {
  if (error instanceof Problem) return { text: error.message, code: error.exitCode };
  if (error instanceof TokenRequestError) {
    const hint = HINTS[error.code];
    const text =
      hint === undefined ? error.message : `${error.message}\n${hint(source ?? "elsewhere", error.vendor)}`;
    return { text, code: EXIT.failure };
  }
  const text = error instanceof Error ? error.message : String(error);
  // Invalid arguments, as auth-core and auth-spec report them.
  return { text, code: error instanceof TypeError ? EXIT.usage : EXIT.failure };
}

type Hint = (source: string, vendor: string) => string;

const refused: Hint = (source) => `The credentials came from ${source}.`;

const HINTS: Partial<Record<TokenRequestError["code"], Hint>> = {
  invalid_client: refused,
  invalid_grant: refused,
  invalid_request: refused,
  authorization_required: (_, vendor) =>
    `Run \`vendor-token forget ${vendor}\`, then \`vendor-token get\` with a new authorization code or refresh token.`,
};

/** The problem with a name that is not in a list, which it shows. */
export function unknown(kind: string, name: string, valid: readonly string[]): Problem {
  return new Problem(`unknown ${kind} "${name}": expected one of ${valid.join(", ")}`);
}
