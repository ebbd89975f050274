import { readFileSync } from "node:fs";
import { REPOSITORY, runCommand, UsageProblem } from "@org/vendors";
import { parse } from "yaml";
import { checkedAnswers, type Given } from "./answers.ts";
import { createVendor, refuseExisting } from "./create-vendor.ts";
import { interview } from "./interview.ts";
import { QUESTIONS } from "./questions.ts";
import { specificationText } from "./specification.ts";

const HELP = `Usage: pnpm new-vendor <vendor> [options]

Writes the specification, the package, the entry in redocly.yaml and a changeset of a new vendor, ready
for \`pnpm test\`. In a terminal it asks for what no option says, shows the specification and asks before
it writes; otherwise the value in square brackets is used.

${QUESTIONS.map(({ flag, ask, preset }) => `  ${`--${flag}`.padEnd(16)} ${ask}\n${" ".repeat(19)}[${preset}]`).join("\n")}
  --from           A YAML or JSON file with these options by name; what an option says wins
  --dry-run        Show the specification and write nothing
  --help           This text

Examples:
  pnpm new-vendor acme --base-url https://api.acme.example --credentials basic
  pnpm new-vendor acme --media-type json --token /data/token --expiry /data/until --expiry-format epoch-milliseconds
  pnpm new-vendor acme --base-url https://{shop}.acme.example --names clientId=client_id,header:apiKey=X-Api-Key --presentation header:X-Access-Token
  pnpm new-vendor acme --from acme.yaml --dry-run
`;

const FLAGS = QUESTIONS.map(({ flag }) => flag);

const OPTIONS = {
  ...Object.fromEntries(FLAGS.map((flag) => [flag, { type: "string" } as const])),
  from: { type: "string" },
  "dry-run": { type: "boolean" },
} as const;

await runCommand({ help: HELP, options: OPTIONS, words: "a vendor" }, async ({ values, positionals }) => {
  const { from, "dry-run": isDry, ...flags } = values;
  const [slug, ...others] = positionals;
  if (slug === undefined || others.length > 0) {
    throw new UsageProblem(`vendor: expected one slug, such as acme-pay, received ${positionals.length}`);
  }
  const given: Given = { ...(from !== undefined && readAnswers(from)), ...(flags as Given), slug };
  if (isDry) {
    process.stdout.write(specificationText(checkedAnswers(given)));
    return 0;
  }
  refuseExisting(REPOSITORY, slug);
  const answers = process.stdin.isTTY
    ? await interview(given, process.stdin, process.stdout)
    : checkedAnswers(given);
  if (answers === undefined) {
    console.log("Nothing was written.");
    return 0;
  }
  for (const path of await createVendor(REPOSITORY, answers)) console.log(`wrote ${path}`);
  console.log("\nNow: pnpm test, then add to the specification what else the vendor's documentation says,");
  console.log("run pnpm generate, and compare specs/%s/wire with that documentation. Finally", slug);
  console.log("pnpm changes --update-surface lists what the package exports.");
  return 0;
});

/** The answers in a file: text, or a list or mapping of what would be separated by commas. */
function readAnswers(file: string): Given {
  let read: unknown;
  try {
    read = parse(readFileSync(file, "utf8"));
  } catch (error) {
    const [why = ""] = error instanceof Error ? error.message.split("\n") : [];
    throw new UsageProblem(`--from: expected a YAML or JSON file, received ${file}: ${why}`);
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) {
    throw new UsageProblem(`--from: expected answers by name, such as path: /token, received other content`);
  }
  const unknown = Object.keys(read).find((name) => !FLAGS.includes(name));
  if (unknown !== undefined)
    throw new UsageProblem(`--from: expected ${FLAGS.join(", ")}, received "${unknown}" in ${file}`);
  return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, answerText(value)]));
}

function answerText(value: unknown): string {
  if (Array.isArray(value)) return value.join(",");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, one]) => (typeof one === "string" ? `${name}=${one}` : `${name}:=${JSON.stringify(one)}`))
    .join(",");
}
