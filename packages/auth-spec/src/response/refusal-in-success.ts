import {
  mappedError,
  mappedMembers,
  type TokenErrorMapping,
  type TokenResponseMapping,
} from "@org/auth-core/vendor";
import type { Place } from "../document.ts";
import { type Report, shown } from "../problem.ts";

type Examples = Readonly<Record<string, unknown>>;

/** A successful response, some of whose examples may be a refusal. */
interface Success {
  readonly mapping: TokenResponseMapping;
  readonly headers: Readonly<Record<string, string>>;
}

/** The examples of a successful response that contain a token, and those that contain a refusal. */
export function splitExamples(
  success: Success,
  mappings: readonly TokenErrorMapping[],
  examples: Examples,
): { readonly tokens: Examples; readonly refusals: Examples } {
  const { access_token: token } = success.mapping;
  const holdsToken = (body: unknown) => {
    if (typeof token === "string" && token.startsWith("$response.body#")) {
      const { access_token: found } = mappedMembers(success.mapping, read(success, body));
      return typeof found === "string" && found !== "";
    }
    return !isRefusal(success, mappings, body);
  };
  const entries = Object.entries(examples);
  return {
    tokens: Object.fromEntries(entries.filter(([, body]) => holdsToken(body))),
    refusals: Object.fromEntries(entries.filter(([, body]) => !holdsToken(body))),
  };
}

/** Reports a mapping of refusals inside successes that also matches a token, so that every token would be refused. */
export function checkDistinct(
  place: Place,
  success: Success,
  mappings: readonly TokenErrorMapping[],
  tokens: Examples,
  report: Report,
): void {
  if (mappings.some((mapping) => Object.values(mapping).every((value) => typeof value !== "string"))) {
    const expected =
      "a runtime expression for something that only a refusal has, since the response may contain a token";
    report("error-shape", place, expected);
    return;
  }
  for (const [name, body] of Object.entries(tokens)) {
    if (!isRefusal(success, mappings, body)) continue;
    const expected = "members that only a refusal has, since the response may contain a token";
    report("error-shape", place, expected, `one of them in the example ${shown(name)} of a token`);
  }
}

function isRefusal(success: Success, mappings: readonly TokenErrorMapping[], body: unknown): boolean {
  return mappedError({ 200: mappings }, 200, read(success, body)) !== undefined;
}

function read({ headers }: Success, body: unknown): { body: unknown; headers: Headers } {
  return { body, headers: new Headers(headers) };
}
