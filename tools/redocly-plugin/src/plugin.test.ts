import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import tokensPlugin from "./index.ts";

const REPOSITORY = resolve(import.meta.dirname, "../../..");
const RULES = Object.keys(tokensPlugin().rules.oas3);

test("has a rule for each file, of its name, with its test", () => {
  const files = readdirSync(join(import.meta.dirname, "rules")).sort();
  expect(files).toEqual(RULES.flatMap((id) => [`${id}.test.ts`, `${id}.ts`]).sort());
});

test("is wired into redocly.yaml, every rule as an error", () => {
  const { rules } = parse(readFileSync(join(REPOSITORY, "redocly.yaml"), "utf8"));
  expect(rules).toEqual(Object.fromEntries(RULES.map((id) => [`tokens/${id}`, "error"])));
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "redocly-plugin-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("is loaded by the command that people run", { timeout: 60_000 }, () => {
  const plugin = join(import.meta.dirname, "index.ts");
  writeFileSync(
    join(folder, "redocly.yaml"),
    `telemetry: "off"\nplugins: [${JSON.stringify(plugin)}]\nrules: { tokens/server-name: error }\n`,
  );
  writeFileSync(
    join(folder, "openapi.yaml"),
    "openapi: 3.1.1\ninfo: { title: A, version: '1' }\nservers: [{ url: https://a.test }]\npaths: {}\n",
  );
  const cli = join(REPOSITORY, "node_modules/@redocly/cli/bin/cli.js");
  const { status, stdout } = spawnSync(process.execPath, [cli, "lint", "openapi.yaml", "--format", "json"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(JSON.parse(stdout).problems).toMatchObject([{ ruleId: "tokens/server-name", severity: "error" }]);
  expect(status).toBe(1);
});
