import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";

/** None of these writes: they run in the repository itself. */
function newVendor(...words: string[]): { status: number | null; out: string; err: string } {
  const main = join(import.meta.dirname, "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], { encoding: "utf8" });
  return { status, out: stdout, err: stderr };
}

test("--help says how to use it", () => {
  const { status, out, err } = newVendor("--help");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out).toMatch(/^Usage: pnpm new-vendor <vendor> \[options\]\n/);
  expect(out).toContain("--expiry-format  What is the expiry?");
  expect(out).toContain(
    "--path           Which path issues tokens? ({name} in it is a credential)\n                   [/oauth/token]",
  );
});

const refused: [words: string[], problem: string][] = [
  [[], "vendor: expected one slug, such as acme-pay, received 0"],
  [["a", "b"], "vendor: expected one slug, such as acme-pay, received 2"],
  [["Acme!"], 'vendor: expected a slug in lower case, such as acme-pay, received "Acme!"'],
  [["stonex"], 'vendor: expected a new one, received "stonex"'],
  [
    ["acme", "--path", "x"],
    '--path: expected a path such as /oauth/token or /v1/{tenantId}/token, received "x"',
  ],
  [
    ["acme", "--port"],
    "Unknown option '--port': expected a vendor, --title, --base-url, --api-url, --method, --path, --grant, --credentials, --names, --encoding, --media-type, --constants, --token, --expiry, --expiry-format, --presentation, --companions, --from, --dry-run or --help",
  ],
];

/** A file with answers. */
function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), "answers-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "answers.yaml");
  writeFileSync(file, content);
  return file;
}

test("--dry-run shows the specification of a file's answers, and of the options that win over it", () => {
  const file = fileWith(
    "base-url: https://{shop}.acme.example\npath: /login\nmedia-type: json\ncredentials: body\nnames: { key: api/key }\nconstants: { version: 2 }\n",
  );
  const { status, out, err } = newVendor("acme", "--from", file, "--path", "/token", "--dry-run");
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(parse(out)).toMatchObject({
    servers: [{ url: "https://{shop}.acme.example", variables: { shop: { default: "" } } }],
    paths: { "/token": { post: {} } },
    components: { schemas: { TokenRequest: { properties: { version: { const: 2 }, api: {} } } } },
  });
});

test.each([
  ["port: 1\n", 'received "port" in '],
  ["- a\n", "expected answers by name, such as path: /token, received other content"],
  ["a: [\n", "expected a YAML or JSON file, received "],
])("refuses a file that holds %j", (content, problem) => {
  const { status, out, err } = newVendor("acme", "--from", fileWith(content));
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(err).toContain(problem);
  expect(err).toMatch(/^--from: .*\n$/);
});

test("refuses a file that is not there, and answers that contradict each other, in words", () => {
  expect(newVendor("acme", "--from", "nowhere.yaml").err).toMatch(
    /^--from: expected .*nowhere\.yaml: ENOENT.*\n$/,
  );
  const { status, err } = newVendor(
    "acme",
    "--presentation",
    "header:X-A",
    "--companions",
    "a=X-A",
    "--dry-run",
  );
  expect(status).toBe(2);
  expect(err).toContain("the specification of these answers has problems:\n  #/components");
});

for (const [words, problem] of refused) {
  test(`refuses ${words.join(" ") || "nothing"}`, () => {
    expect(newVendor(...words)).toEqual({ status: 2, out: "", err: `${problem}\n` });
  });
}
