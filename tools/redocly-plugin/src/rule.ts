import { pointerKeys, type Spec } from "@org/generate/spec";
import { SpecProblem } from "@org/generate/spec-problem";

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
export type Rule = () => { Root(document: Spec["document"], context: Context): void };

/**
 * Makes a rule of a function that looks at a whole specification, with the readers that the generator has: what a rule accepts
 * and what the generator accepts cannot drift apart.
 */
export function rule(find: (spec: Spec) => readonly Finding[]): Rule {
  return () => ({
    Root(document, { location, report }) {
      const spec = { vendor: "", file: "", document };
      for (const { pointer, message } of findingsOf(find, spec)) {
        report({ message, location: location.child(presentKeys(document, pointer)) });
      }
    },
  });
}

/** The keys of a pointer, up to the last that is there: what is missing has no line to show. */
function presentKeys(document: unknown, pointer: string): string[] {
  const present: string[] = [];
  let value = document;
  for (const key of pointer === "" ? [] : pointerKeys(pointer.slice(1))) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    value = (value as Record<string, unknown>)[key];
    present.push(key);
  }
  return present;
}

function findingsOf(find: (spec: Spec) => readonly Finding[], spec: Spec): readonly Finding[] {
  try {
    return find(spec);
  } catch (error) {
    // A reference that leads nowhere: extension-place says so, once.
    if (error instanceof SpecProblem) return [];
    throw error;
  }
}

/** What one of the generator's readers refuses, as a finding: none where it is content. */
export function refusal(read: () => unknown): Finding[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof SpecProblem)) throw error;
    return [{ pointer: error.pointer, message: `Expected ${error.expected}; found ${error.found}.` }];
  }
}
