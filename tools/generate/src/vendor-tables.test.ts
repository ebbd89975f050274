import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { readSpec } from "./spec.ts";
import { tableOutputs } from "./vendor-tables.ts";

let repository: string;
beforeEach(() => {
  const created = mkdtempSync(join(tmpdir(), "vendor-tables-"));
  onTestFinished(() => rmSync(created, { recursive: true }));
  repository = created;
});

function write(path: string, text: string): void {
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), text);
}

function read(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

const tables = () =>
  tableOutputs(repository, [readSpec({ vendor: "acme", file: "specs/acme.yaml", document: ACME })]);

const token = { type: "string", format: "password" };
const ACME = {
  openapi: "3.1.1",
  info: { title: "Acme | <Pay> token endpoint", version: "1.0.0" },
  servers: [{ url: "https://api.acme.test", "x-name": "production" }],
  security: [{ bearer: [] }],
  components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  paths: {
    "/token": {
      post: {
        "x-token-grant": "client_credentials",
        security: [],
        parameters: [
          {
            name: "x-id",
            in: "header",
            required: true,
            schema: { type: "string" },
            "x-credential": "clientId",
          },
        ],
        requestBody: {
          content: {
            "application/json": {
              schema: {
                properties: { secret: { ...token, "x-credential": "clientSecret" } },
                required: ["secret"],
              },
            },
          },
        },
        responses: {
          200: {
            content: {
              "application/json": {
                schema: { properties: { access_token: token }, required: ["access_token"] },
              },
            },
            "x-token-response": { access_token: "$response.body#/access_token" },
          },
        },
      },
    },
  },
};

const HEAD = "| vendor | client | grants | credentials go in | hosts |\n| --- | --- | --- | --- | --- |\n";
const row = (readme: string) =>
  `| Acme \\| &lt;Pay> | [\`@org/acme-client\`](${readme}) | \`client_credentials\` | JSON body, headers | production |\n`;

test("what is between the markers is written anew, with links from where the document is", () => {
  write("README.md", "# One\n\n<!-- vendors -->\nold\n<!-- /vendors -->\n\nlast\n");
  write("tools/docs/guides/index.md", "<!-- vendors --><!-- /vendors -->");
  write("SECURITY.md", "no table");
  const outputs = tables();
  expect(outputs.flatMap(({ stale }) => stale)).toEqual([
    "the table of vendors in README.md",
    "the table of vendors in tools/docs/guides/index.md",
  ]);
  for (const output of outputs) output.write();
  expect(read("README.md")).toBe(
    `# One\n\n<!-- vendors -->\n${HEAD}${row("packages/acme-client/README.md")}<!-- /vendors -->\n\nlast\n`,
  );
  expect(read("tools/docs/guides/index.md")).toBe(
    `<!-- vendors -->\n${HEAD}${row("../../../packages/acme-client/README.md")}<!-- /vendors -->`,
  );
  expect(read("SECURITY.md")).toBe("no table");
  expect(tables().flatMap(({ stale }) => stale)).toEqual([]);
});

test.each([
  ["a start without an end", "<!-- vendors -->"],
  ["an end without a start", "<!-- /vendors -->"],
  ["an end before the start", "<!-- /vendors --><!-- vendors -->"],
  ["two tables", "<!-- vendors --><!-- /vendors -->".repeat(2)],
])("%s is refused", (_, text) => {
  write("README.md", text);
  const expected = "README.md: expected one <!-- vendors --> and one <!-- /vendors --> after it";
  expect(tables).toThrow(expected);
});
