import { createSandbox } from "@org/auth-sandbox";
import { countProblems, vendorTable } from "./findings.ts";
import { liveThrough } from "./lifecycle.ts";
import { type Output, printProgress } from "./progress.ts";
import { presentWrongClientId, refusalTable } from "./refusals.ts";
import { createSubjects } from "./subject.ts";

/**
 * Runs the demo against its own sandbox, which it stops afterwards.
 *
 * @returns a sentence for each count of token requests that is not what it should be
 */
export async function runDemo(output: Output): Promise<string[]> {
  const sandbox = await createSandbox();
  const server = await sandbox.listen();
  try {
    const subjects = await createSubjects(sandbox, server);
    const progress = printProgress(output, Math.max(...subjects.map(({ name }) => name.length)));
    const print = (lines: readonly string[]) => output.write(`${lines.join("\n")}\n`);
    print([`A sandbox of ${subjects.length} vendors listens on ${server.url}.`]);
    const facts = await liveThrough(subjects, progress);

    progress.heading("What the calls cost, and what the sandbox counted");
    print(vendorTable(facts));

    progress.heading("A wrong client id, and the error it ends in");
    print(refusalTable(await Promise.all(subjects.map(presentWrongClientId))));
    return countProblems(facts);
  } finally {
    await server.close();
  }
}
