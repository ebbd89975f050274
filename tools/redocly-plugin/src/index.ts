import {
  pointerKeys,
  problemText,
  RULES,
  type Rule,
  readTokenOperations,
  type SpecProblem,
} from "@org/auth-spec";
import type { Oas3Rule } from "@redocly/openapi-core";
import { liveCredentials } from "./live-credentials.ts";

/**
 * Redocly rules for what specifications say about token endpoints: each reports the problems with its id, so that lint and
 * everything else that reads specifications say the same. In `redocly.yaml` their names start with `tokens/`.
 *
 * @see {@link https://redocly.com/docs/cli/custom-plugins Redocly, custom plugins}
 */
export default function tokensPlugin(): { id: string; rules: { oas3: Record<string, Oas3Rule> } } {
  const rules = Object.keys(RULES).map((id) => [id, problemRule(id as Rule)] as const);
  const noLiveCredential = ruleOf(liveCredentials);
  return {
    id: "tokens",
    rules: { oas3: { ...Object.fromEntries(rules), "no-live-credential": noLiveCredential } },
  };
}

function ruleOf(
  find: (document: object) => readonly { keys: readonly string[]; message: string }[],
): Oas3Rule {
  return () => ({
    Root(document, { location, report }) {
      for (const { keys, message } of find(document)) {
        report({ message, location: location.child(presentKeys(document, keys)) });
      }
    },
  });
}

function problemRule(id: Rule): Oas3Rule {
  return ruleOf((document) =>
    problemsOf(document)
      .filter(({ rule }) => rule === id)
      .map((problem) => ({ keys: pointerKeys(problem.pointer).slice(1), message: problemText(problem) })),
  );
}

/** All rules get the same document, which is read once. */
const read = new WeakMap<object, readonly SpecProblem[]>();

function problemsOf(document: object): readonly SpecProblem[] {
  const problems = read.get(document) ?? readTokenOperations(document).problems;
  read.set(document, problems);
  return problems;
}

/** The keys up to the last that exists: what is missing has no line to show. */
function presentKeys(document: unknown, keys: readonly string[]): string[] {
  const present: string[] = [];
  let value = document;
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    value = (value as Record<string, unknown>)[key];
    present.push(key);
  }
  return present;
}
