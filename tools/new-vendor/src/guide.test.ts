import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { afterAll, expect, test } from "vitest";
import { parse, parseDocument } from "yaml";
import { bin, RepositoryCopy } from "../test-support/repository-copy.ts";

const GUIDE = readFileSync(join(REPOSITORY, "tools/docs/guides/add-a-vendor.md"), "utf8");
const BLOCKS = [...GUIDE.matchAll(/^```(\w+) ?([^\n]*)\n([\s\S]*?)^```$/gm)].map(
  ([, language = "", about = "", text = ""]) => ({ language, about, text }),
);

const copy = new RepositoryCopy();
afterAll(() => copy.remove());

/** Runs a command of the guide; what it prints. */
function run(command: string): string {
  const [program = "", script = "", ...words] = command.split(" ");
  if (program === "cat") return readFileSync(join(copy.folder, script), "utf8");
  const scripts: Record<string, string> = {
    "new-vendor": "tools/new-vendor/src/main.ts",
    "remove-vendor": "tools/new-vendor/src/remove.ts",
    generate: "tools/generate/src/main.ts",
    lint: bin("@redocly/cli", "redocly"),
  };
  if (script === "--filter") {
    const { passed, failed } = copy.testClients("harbour").get("harbour") ?? {};
    expect(failed).toEqual([]);
    expect(passed).toBeGreaterThan(40);
    return "";
  }
  expect(program, command).toBe("pnpm");
  return copy.node(scripts[script] ?? "", ...(script === "lint" ? ["lint"] : []), ...words);
}

/** What a console block says about a command; a line `…` stands for any further lines. */
function outputs(block: string): [command: string, output: string][] {
  return block.split(/^\$ /m).flatMap((part) => {
    const [command = "", ...lines] = part.split("\n");
    return command === "" ? [] : [[command, lines.join("\n")] as [string, string]];
  });
}

test("the guide's files, edits and commands do what it says", { timeout: 240_000 }, () => {
  expect(BLOCKS.map(({ language }) => language)).toEqual(
    "yaml console yaml yaml console console console typescript console".split(" "),
  );
  for (const { language, about, text } of BLOCKS) {
    if (language === "console") {
      for (const [command, output] of outputs(text)) {
        const printed = run(command);
        const [start = "", ...rest] = output.split("…\n");
        if (rest.length > 0 || output === "") expect(printed.slice(0, start.length), command).toBe(start);
        else expect(printed, command).toBe(output);
      }
    } else if (language === "typescript") {
      const client = join(copy.folder, "packages/harbour-client");
      const program = text.replace('"@org/harbour-client"', '"./generated/index.ts"');
      writeFileSync(join(client, "src/example.ts"), program);
      copy.node(bin("typescript", "tsc"), "-p", client);
    } else {
      const [file = "", pointer] = about.split("#");
      const path = join(copy.folder, file);
      if (pointer === undefined) writeFileSync(path, text);
      else writeFileSync(path, edited(readFileSync(path, "utf8"), pointer, parse(text)));
    }
  }
});

/** A YAML document with another value at a JSON pointer. */
function edited(document: string, pointer: string, value: unknown): string {
  const parsed = parseDocument(document);
  const keys = pointer.split("/").slice(1);
  parsed.setIn(
    keys.map((key) => key.replaceAll("~1", "/")),
    parsed.createNode(value),
  );
  return parsed.toString({ lineWidth: 0 });
}
