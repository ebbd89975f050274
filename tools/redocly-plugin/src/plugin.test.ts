import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { acme, type Change } from "@org/acme-spec";
import { RULES } from "@org/auth-spec";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { lint } from "../test-support/lint.ts";
import tokensPlugin from "./index.ts";

const REPOSITORY = resolve(import.meta.dirname, "../../..");
const IDS = [...Object.keys(RULES), "no-live-credential"];

/** What each of our rules makes for Redocly. */
interface RootVisitor {
  Root(document: object, context: object): void;
}

test("has a rule for each rule of auth-spec, and one of its own", () => {
  expect(Object.keys(tokensPlugin().rules.oas3)).toEqual(IDS);
});

test("is wired into redocly.yaml, every rule as an error", () => {
  const { rules } = parse(readFileSync(join(REPOSITORY, "redocly.yaml"), "utf8"));
  const ours = Object.entries(rules).filter(([id]) => id.startsWith("tokens/"));
  expect(ours).toEqual(IDS.map((id) => [`tokens/${id}`, "error"]));
});

test("reads a document once for all rules", () => {
  let readings = 0;
  const document = {
    ...acme(),
    get openapi() {
      readings++;
      return "3.0.0";
    },
  };
  const context = { location: { child: (keys: string[]) => keys }, report: () => {} };
  const rules = Object.keys(RULES).map(
    (id) => tokensPlugin().rules.oas3[id]?.({}) as RootVisitor | undefined,
  );
  rules[0]?.Root(document, context);
  const once = readings;
  expect(once).toBeGreaterThan(0);
  for (const rule of rules) rule?.Root(document, context);
  expect(readings).toBe(once);
});

describe("shows a problem", () => {
  const at = async (...changes: Change[]) =>
    (await lint(JSON.stringify(acme(...changes)))).map(({ rule, pointer }) => [rule, pointer]);

  test("where it is, behind references and escaped", async () => {
    const item = (acme().paths as Record<string, object>)["/token"];
    expect(
      await at(
        ["/paths", { "/a~b/{c}": { $ref: "#/components/pathItems/Token~1~0" } }],
        ["/components/pathItems", { "Token/~": item }],
        ["/components/pathItems/Token~1~0/post/security", [{}, {}]],
        ["/components/pathItems/Token~1~0/parameters", [{ in: "matrix", name: "c" }]],
      ),
    ).toEqual([
      ["operation-security", "#/components/pathItems/Token~1~0/post/security"],
      ["request-shape", "#/components/pathItems/Token~1~0/post"],
      ["request-shape", "#/components/pathItems/Token~1~0/parameters/0/in"],
    ]);
  });

  test("at the nearest place that exists if something is missing", async () => {
    expect(await at(["/servers/0/x-name", undefined], ["/paths/~1token/post/security", undefined])).toEqual([
      ["server-shape", "#/servers/0"],
      ["operation-security", "#/paths/~1token/post"],
    ]);
    expect(await at(["/servers", undefined])).toEqual([["server-shape", "#/"]]);
  });
});

test("is loaded by the command that people run", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "redocly-plugin-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const plugin = join(import.meta.dirname, "index.ts");
  writeFileSync(
    join(folder, "redocly.yaml"),
    `telemetry: "off"\nplugins: [${JSON.stringify(plugin)}]\nrules: { tokens/server-shape: error }\n`,
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
  expect(JSON.parse(stdout).problems).toMatchObject([{ ruleId: "tokens/server-shape", severity: "error" }]);
  expect(status).toBe(1);
});
