import type { Place } from "./document.ts";

/** The checks of a specification, by the id that lint, generator and errors use. */
export const RULES = {
  document: "the document is an OpenAPI 3.1 description",
  reference: "a reference leads to something in the same document",
  "extension-place": "an extension is spelt as it should be and stands where it is read",
  "server-shape": "a server has a name and an https URL",
  "api-security": "calls of the API present the token in a way that is supported",
  "operation-per-grant": "one operation issues tokens for a grant",
  "operation-security": "a token request is anonymous or authenticates by one Authorization header",
  "grant-shape": "a grant has a name, credentials and a branch of the request body of its own",
  "request-shape":
    "each required member of a token request is a credential or a constant, in a supported place",
  "credential-shape": "a credential has a name in camelCase and is a string",
  "secret-format": "what must not be printed has format: password",
  "response-shape": "one success has an x-token-response with the members of a token",
  "expression-resolves": "a runtime expression leads to a member of the documented body",
  "error-shape": "an x-token-error maps members of an error on a refusal",
  "error-mapped": "a refusal with a documented body is mapped, or says why not",
} as const;

/** The id of a rule. */
export type Rule = keyof typeof RULES;

/** Something in a specification that is wrong or not supported. */
export interface SpecProblem {
  /** The id of the rule that it breaks, such as `"server-shape"`. */
  readonly rule: Rule;
  /** JSON pointer of the place, such as `"/servers/0/url"`; empty for the whole document. */
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

/** Reports a problem at a place; `found` defaults to the value there. */
export type Report = (rule: Rule, place: Place, expected: string, found?: string) => void;

/** A list of problems, each once, and the function that adds to it. */
export function collectProblems(): { readonly problems: readonly SpecProblem[]; readonly report: Report } {
  const byText = new Map<string, SpecProblem>();
  const problems: SpecProblem[] = [];
  const report: Report = (rule, { pointer, value }, expected, found = shown(value)) => {
    const problem = { rule, pointer, expected, found };
    const text = JSON.stringify(problem);
    if (byText.has(text)) return;
    byText.set(text, problem);
    problems.push(problem);
  };
  return { problems, report };
}

/** A problem as one sentence. */
export function problemText({ expected, found }: Pick<SpecProblem, "expected" | "found">): string {
  return `Expected ${expected}; found ${found}.`;
}

/** A list of problems, a line each: where, which rule, and the sentence. */
export function problemList(problems: readonly SpecProblem[]): string {
  return problems
    .map((problem) => `  #${problem.pointer} (${problem.rule}): ${problemText(problem)}`)
    .join("\n");
}

/** A value as it may be shown in a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
