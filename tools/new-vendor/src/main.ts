import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { UsageProblem } from "@org/vendors";
import { checkedAnswers, type Given, QUESTIONS } from "./answers.ts";
import { createVendor } from "./create-vendor.ts";

const HELP = `Usage: pnpm new-vendor <vendor> [options]

Writes the specification, the package, the entry in redocly.yaml and a changeset of a new vendor, ready
for \`pnpm test\`. In a terminal it asks for what no option says; elsewhere the first choice is taken.

${QUESTIONS.map(({ flag, ask }) => `  ${`--${flag}`.padEnd(16)} ${ask}`).join("\n")}
  --help           this text

Examples:
  pnpm new-vendor acme --base-url https://api.acme.example --credentials basic
  pnpm new-vendor acme --media-type json --token /data/token --expiry /data/until --expiry-format epoch-milliseconds
  pnpm new-vendor acme --credentials query --names apiKey=key
`;

const repository = resolve(import.meta.dirname, "../../..");

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const [slug, ...others] = positionals;
  if (slug === undefined || others.length > 0) {
    throw new UsageProblem(`vendor: expected one slug, such as acme-pay, received ${positionals.length}`);
  }
  const given: Given = { ...(values as Given), slug };
  checkedAnswers(given);
  const answers = checkedAnswers(process.stdin.isTTY ? await asked(given) : given);
  for (const path of createVendor(repository, answers)) console.log(`wrote ${path}`);
  console.log("\nNow: pnpm test, then say in the specification what else the vendor's documentation says,");
  console.log("run pnpm generate, and read specs/%s/wire beside that documentation.", slug);
}

function readArguments() {
  const flags = Object.fromEntries(QUESTIONS.map(({ flag }) => [flag, { type: "string" } as const]));
  const options = { ...flags, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    const [problem = ""] = error instanceof Error ? error.message.split(". ") : [];
    const names = QUESTIONS.map(({ flag }) => `--${flag}`).join(", ");
    throw new UsageProblem(`${problem}: expected a vendor and ${names} or --help`);
  }
}

async function asked(given: Given): Promise<Given> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Unlike its method `question`, this loses no line that is typed ahead.
  const lines = terminal[Symbol.asyncIterator]();
  let closed = false;
  terminal.once("close", () => {
    closed = true;
  });
  let answers = given;
  for (const { flag, ask, preset, problem } of QUESTIONS) {
    while (answers[flag] === undefined) {
      const choice = preset(answers);
      terminal.setPrompt(`${ask} [${choice}] `);
      if (!closed) terminal.prompt();
      const { value, done } = await lines.next();
      if (done) throw new UsageProblem(`${flag}: expected an answer, received none; nothing was written`);
      const answer = value.trim() || choice;
      const expected = problem(answer, answers);
      if (expected === undefined) answers = { ...answers, [flag]: answer };
      else console.log(`Expected ${expected}.`);
    }
  }
  terminal.close();
  return answers;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageProblem ? error.message : error);
  process.exitCode = 2;
}
