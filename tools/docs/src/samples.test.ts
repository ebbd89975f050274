import { spawnSync } from "node:child_process";
import { createSandbox } from "@org/auth-sandbox";
import { readTokenOperations } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { curl, shellWord } from "./curl.ts";
import { exampleRequest } from "./example-request.ts";
import { samplesOf } from "./samples.ts";
import { readVendors } from "./vendors.ts";

const grants = readVendors().flatMap((page) =>
  page.operations.flatMap((operation) =>
    operation.grants.map((grant) => ({ name: `${page.vendor}, ${grant.name}`, page, operation, grant })),
  ),
);

describe("the curl sample", () => {
  it.each(grants)(
    "of $name asks for a token as the sandbox expects it",
    async ({ page, operation, grant }) => {
      const { method, url, headers, body, isForm, basic } = exampleRequest(operation, grant);
      const authorization = basic && { authorization: `Basic ${btoa(basic.join(":"))}` };
      const sandbox = await createSandbox();
      const vendor = sandbox.vendor(page.vendor);
      // What works once only is minted, and not the example that is printed.
      const credentials: Record<string, unknown> = vendor.credentials(grant.name);
      const members = Object.entries(body).map(([name, value]) => {
        const credential = grant.members.find(({ path }) => path[0] === name)?.credential;
        const minted = credential && ["refreshToken", "code"].includes(credential.name);
        return [name, minted ? String(credentials[credential.name]) : value] as [string, string];
      });
      const response = await sandbox.fetch(url, {
        method,
        headers: { ...Object.fromEntries(headers), ...authorization },
        ...(members.length > 0 && {
          body: isForm
            ? new URLSearchParams(members).toString()
            : JSON.stringify(Object.fromEntries(members)),
        }),
      });
      expect([response.status, response.headers.get("sandbox-reason")]).toEqual([200, null]);
    },
  );

  it("is written as a command for a POSIX shell", () => {
    const headers = [["Content-Type", "application/json"]] as const;
    const body = { name: "it's", more: { than: ["one"] } };
    expect(curl({ method: "POST", url: "https://a.example/t", headers, body, isForm: false })).toBe(
      `curl -X POST 'https://a.example/t' \\
  -H 'Content-Type: application/json' \\
  -d '{"name":"it'\\''s","more":{"than":["one"]}}'`,
    );
  });

  it("leaves it to curl to say that a body is a form", () => {
    const headers = [["Content-Type", "application/x-www-form-urlencoded"]] as const;
    const body = { client_id: "a b" };
    expect(curl({ method: "POST", url: "https://a.example/t", headers, body, isForm: true })).toBe(
      `curl -X POST 'https://a.example/t' \\\n  --data-urlencode 'client_id=a b'`,
    );
  });
});

describe("a vendor that wants HTTP Basic authentication", () => {
  const scheme = { username: "clientId", password: "clientSecret" };
  const token = { type: "string", format: "password" };
  const body = { type: "object", properties: { access_token: token }, required: ["access_token"] };
  const { operations, problems } = readTokenOperations({
    openapi: "3.1.1",
    servers: [{ url: "https://api.acme.test", "x-name": "production" }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        client: { type: "http", scheme: "basic", "x-credential": scheme },
      },
    },
    paths: {
      "/token": {
        post: {
          "x-token-grant": "client_credentials",
          security: [{ client: [] }],
          responses: {
            200: {
              content: { "application/json": { schema: body } },
              "x-token-response": { access_token: "$response.body#/access_token" },
            },
          },
        },
      },
    },
  });
  const [page] = readVendors().map((known) => ({ ...known, vendor: "acme", operations }));
  const samples = page ? samplesOf(page).map(({ source }) => source) : [];

  it("gets its credentials from curl as such", () => {
    expect(problems).toEqual([]);
    expect(samples[2]).toContain(
      `curl -X POST 'https://api.acme.test/token' \\\n  -u 'example-clientId:example-clientSecret'`,
    );
  });

  it("gets them from the bare client in a header", () => {
    expect(samples[1]).toContain(
      `    process.env.ACME_CLIENT_SECRET ?? "",\n  ].map(encodeURIComponent).join(":"),`,
    );
    expect(samples[1]).toContain(`    headers: {\n      Authorization: "Basic " + basic,\n    },`);
  });
});

describe.skipIf(process.platform === "win32")("shellWord", () => {
  it.each(["plain", "it's", '$HOME `id` \\ "x"', "a\nb", "''"])("%j stays one word", (text) => {
    const { stdout } = spawnSync("sh", ["-c", `printf %s ${shellWord(text)}`], { encoding: "utf8" });
    expect(stdout).toBe(text);
  });
});

describe("samplesOf", () => {
  it("gives three samples for each grant, TypeScript first", () => {
    for (const page of readVendors()) {
      const labels = samplesOf(page).map(({ label }) => label);
      expect(labels.slice(0, 3)).toEqual(["TypeScript", "TypeScript, bare client", "curl"]);
      expect(labels).toHaveLength(3 * page.operations.flatMap((operation) => operation.grants).length);
      expect(new Set(labels).size).toBe(labels.length);
    }
  });

  it("never names production where there is a sandbox", () => {
    for (const page of readVendors()) {
      const hasSandbox = page.operations.some(({ servers }) =>
        servers.some(({ name }) => name === "sandbox"),
      );
      for (const { source } of samplesOf(page)) if (hasSandbox) expect(source).not.toContain("production");
    }
  });
});
