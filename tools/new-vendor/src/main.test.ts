import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

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
});

const refused: [words: string[], problem: string][] = [
  [[], "vendor: expected one slug, such as acme-pay, received 0"],
  [["a", "b"], "vendor: expected one slug, such as acme-pay, received 2"],
  [["Acme!"], 'vendor: expected a slug in lower case, such as acme-pay, received "Acme!"'],
  [["stonex"], 'vendor: expected a new one, received "stonex"'],
  [["acme", "--path", "x"], '--path: expected a path such as /oauth/token, received "x"'],
  [
    ["acme", "--port"],
    "Unknown option '--port': expected a vendor and --title, --base-url, --path, --credentials, --names, --media-type, --token, --expiry, --expiry-format or --help",
  ],
];
for (const [words, problem] of refused) {
  test(`refuses ${words.join(" ") || "nothing"}`, () => {
    expect(newVendor(...words)).toEqual({ status: 2, out: "", err: `${problem}\n` });
  });
}
