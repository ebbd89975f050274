import { type Rule as Id, problemText, readTokenOperations, type SpecProblem } from "@org/auth-spec";

/** What a rule has to say, and the JSON pointer of the place it is about. */
export interface Finding {
  readonly pointer: string;
  readonly message: string;
}

/** The part of Redocly's rule context that the rules need. */
interface Context {
  readonly location: { child(keys: string[]): unknown };
  report(problem: { message: string; location: unknown }): void;
}

/** A rule as Redocly loads it. */
export type Rule = () => { Root(document: object, context: Context): void };

/** Makes a rule of a function that looks at a whole document, whose references are as they are written. */
export function rule(find: (document: object) => readonly Finding[]): Rule {
  return () => ({
    Root(document, { location, report }) {
      for (const { pointer, message } of find(document)) {
        report({ message, location: location.child(presentKeys(document, pointer)) });
      }
    },
  });
}

/** A rule that reports the problems with its id, so that lint and everything else that reads specifications say the same. */
export function problemRule(id: Id): Rule {
  return rule((document) =>
    problemsOf(document)
      .filter((problem) => problem.rule === id)
      .map((problem) => ({ pointer: problem.pointer, message: problemText(problem) })),
  );
}

/** All rules get the same document, which is read once. */
const read = new WeakMap<object, readonly SpecProblem[]>();

function problemsOf(document: object): readonly SpecProblem[] {
  const problems = read.get(document) ?? readTokenOperations(document).problems;
  read.set(document, problems);
  return problems;
}

/** The keys of a pointer, up to the last that exists: what is missing has no line to show. */
function presentKeys(document: unknown, pointer: string): string[] {
  const present: string[] = [];
  let value = document;
  for (const key of pointer.split("/").slice(1).map(unescaped)) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    value = (value as Record<string, unknown>)[key];
    present.push(key);
  }
  return present;
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
