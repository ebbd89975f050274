import { createInterface } from "node:readline";
import { UsageProblem } from "@org/vendors";
import { firstAnswers, type Given } from "./answers.ts";
import { type Answers, isAsked, presetOf, QUESTIONS, withAnswer } from "./questions.ts";
import { specificationText } from "./specification.ts";

/**
 * Asks for the answers that are missing or cannot be used, and shows the specification before anything is written.
 *
 * @returns the answers, or `undefined` if the specification is not wanted
 * @throws {UsageProblem} if the input ends before every question is answered.
 */
export async function interview(
  given: Given,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<Answers | undefined> {
  const terminal = createInterface({ input, output });
  // Unlike its method `question`, this loses no line that is typed ahead.
  const lines = terminal[Symbol.asyncIterator]();
  let closed = false;
  terminal.once("close", () => {
    closed = true;
  });
  const ask = async (flag: string, text: string, choice: string): Promise<string> => {
    terminal.setPrompt(`${text} [${choice}] `);
    if (!closed) terminal.prompt();
    const { value, done } = await lines.next();
    if (done) throw new UsageProblem(`${flag}: expected an answer, received none; nothing was written`);
    return value.trim() || choice;
  };
  try {
    let answers = firstAnswers(given);
    for (const question of QUESTIONS) {
      const { flag } = question;
      const preset = presetOf(question, answers);
      const known = given[flag] ?? (isAsked(question, answers) ? undefined : preset);
      let next = withAnswer(answers, question, known ?? (await ask(flag, question.ask, preset)));
      while (typeof next === "string") {
        output.write(`Expected ${next}.\n`);
        next = withAnswer(answers, question, await ask(flag, question.ask, preset));
      }
      answers = next;
    }
    output.write(`\n${specificationText(answers)}\n`);
    const answer = await ask("write", "Write it, and the package for it? (yes or no)", "yes");
    return /^y(es)?$/i.test(answer) ? answers : undefined;
  } finally {
    terminal.close();
  }
}
