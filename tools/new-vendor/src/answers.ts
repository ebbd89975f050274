import { UsageProblem } from "@org/vendors";
import { type Answers, presetOf, QUESTIONS, withAnswer } from "./questions.ts";

/** Answers by flag, as they are typed. */
export type Given = Readonly<Record<string, string | undefined>>;

/**
 * What is known about a vendor before the first question.
 *
 * @throws {UsageProblem} for a slug that cannot be used.
 */
export function firstAnswers({ slug = "" }: Given): Answers {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return { slug } as Answers;
  throw new UsageProblem(`vendor: expected a slug in lower case, such as acme-pay, received "${slug}"`);
}

/**
 * Completes answers with presets and checks them.
 *
 * @throws {UsageProblem} for the first one that cannot be used.
 */
export function checkedAnswers(given: Given): Answers {
  return QUESTIONS.reduce((answers, question) => {
    const { flag } = question;
    const text = given[flag] ?? presetOf(question, answers);
    const next = withAnswer(answers, question, text);
    if (typeof next !== "string") return next;
    throw new UsageProblem(`--${flag}: expected ${next}, received "${text}"`);
  }, firstAnswers(given));
}
