import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { describedVendors } from "./spec.ts";
import { findDocuments, withVendorTable } from "./vendor-tables.ts";

let repository: string;
beforeEach(() => {
  const created = mkdtempSync(join(tmpdir(), "vendor-tables-"));
  onTestFinished(() => rmSync(created, { recursive: true }));
  repository = created;
  write("redocly.yaml", "apis: { acme: { root: specs/acme.yaml } }");
  write("packages/acme-client/package.json", "{}");
  write("specs/acme.yaml", JSON.stringify(ACME));
});

function write(path: string, text: string): void {
  mkdirSync(join(repository, path, ".."), { recursive: true });
  writeFileSync(join(repository, path), text);
}

/** The documents as they would be written. */
function tables(): [path: string, text: string][] {
  const specs = describedVendors(repository).map(({ spec }) => spec);
  return findDocuments(repository).map((path) => {
    return [path, withVendorTable(readFileSync(join(repository, path), "utf8"), path, specs)];
  });
}

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
  expect(tables()).toEqual([
    [
      "README.md",
      `# One\n\n<!-- vendors -->\n${HEAD}${row("packages/acme-client/README.md")}<!-- /vendors -->\n\nlast\n`,
    ],
    ["SECURITY.md", "no table"],
    [
      "tools/docs/guides/index.md",
      `<!-- vendors -->\n${HEAD}${row("../../../packages/acme-client/README.md")}<!-- /vendors -->`,
    ],
  ]);
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
