import { AT, acme, type Change, TEXT } from "@org/acme-spec";
import { createSandbox, type SandboxVendor } from "@org/auth-sandbox";
import { listVendors, readSpecification } from "@org/vendors";
import { describe, expect, it } from "vitest";
import { serve } from "../../test-support/scripted-server.ts";
import { listeningSandbox, openShell, variables } from "../../test-support/shell.ts";

const sandbox = await createSandbox();
const grants = listVendors().flatMap(({ slug }) =>
  sandbox.vendor(slug).grants.map((grant) => [slug, grant] as const),
);

/** The first vendor whose specification says this. */
const slugSaying = (text: string) => {
  const vendor = listVendors().find((one) => readSpecification(one).text.includes(text));
  if (!vendor) throw new Error(`expected a specification that says ${text}`);
  return vendor.slug;
};

/** What comes from the sandbox, and may be changed on its way. */
interface Passing {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A server that passes requests on to a vendor of the sandbox and changes the responses. */
function deviating(vendor: SandboxVendor, change: (passing: Passing) => void): Promise<string> {
  return serve(async ({ method, path, headers, body }) => {
    const { host: _, connection: __, "content-length": ___, ...kept } = headers;
    const init = { method, headers: kept as Record<string, string>, body: method === "GET" ? null : body };
    const response = await sandbox.fetch(`${vendor.baseUrl}${path}`, init);
    const { "content-length": ____, ...received } = Object.fromEntries(response.headers);
    const passing = { status: response.status, headers: received, body: await response.text() };
    change(passing);
    return passing;
  });
}

/** Changes the JSON of a body. */
function inBody(edit: (body: Record<string, unknown>) => void): (passing: Passing) => void {
  return (passing) => {
    const body = JSON.parse(passing.body);
    edit(body);
    passing.body = JSON.stringify(body);
  };
}

/** The same token with other claims; no test here checks its signature. */
function withClaims(token: unknown, claims: (own: { iat: number; exp: number }) => object): string {
  const [head, payload = "", signature] = String(token).split(".");
  const own = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...own, ...claims(own) })).toString("base64url");
  return [head, changed, signature].join(".");
}

async function check(slug: string, url: string, grant = sandbox.vendor(slug).grants[0] ?? "") {
  const shell = openShell();
  Object.assign(shell.env, variables(slug, sandbox.vendor(slug).credentials(grant)));
  const args = ["check", slug, "--base-url", url, "--grant", grant];
  const { code, out } = await shell.run(...args, "--json");
  const report = JSON.parse(out);
  return {
    shell,
    args,
    code,
    report,
    found: report.deviations.map(({ kind, place }: Record<string, string>) => `${kind} ${place}`.trim()),
  };
}

describe("vendor-token check", () => {
  it.each(grants)("is silent on the sandbox: %s, %s", async (slug, grant) => {
    const url = await deviating(sandbox.vendor(slug), () => {});
    expect(await check(slug, url, grant)).toMatchObject({
      code: 0,
      report: { status: 200, deviations: [], absent: [] },
    });
  });

  const STONEX: [name: string, change: (passing: Passing) => void, found: string[]][] = [
    [
      "an undocumented member",
      inBody((body) => Object.assign(body, { session: "x" })),
      ["undocumented-member body /session"],
    ],
    [
      "a member that is missing",
      inBody((body) => delete body.token_type),
      ["missing-member body /token_type"],
    ],
    [
      "a lifetime as text",
      inBody((body) => Object.assign(body, { expires_in: "3600" })),
      ["wrong-type body /expires_in"],
    ],
    [
      "a lifetime as text that a token cache cannot read",
      inBody((body) => Object.assign(body, { expires_in: "+3600" })),
      ["wrong-type body /expires_in", "lifetime"],
    ],
    [
      "a lifetime with a fraction",
      inBody((body) => Object.assign(body, { expires_in: 3600.5 })),
      ["wrong-type body /expires_in"],
    ],
    [
      "null in place of text",
      inBody((body) => Object.assign(body, { scope: null })),
      ["wrong-type body /scope"],
    ],
    [
      "a lifetime that differs from the token's exp",
      inBody((body) => Object.assign(body, { expires_in: 7200 })),
      ["lifetime"],
    ],
    [
      "a token that expires earlier",
      inBody((body) =>
        Object.assign(body, {
          access_token: withClaims(body.access_token, ({ iat }) => ({ exp: iat + 1800 })),
        }),
      ),
      ["lifetime"],
    ],
    [
      "a token from a cache of the vendor's",
      inBody((body) =>
        Object.assign(body, {
          access_token: withClaims(body.access_token, ({ iat, exp }) => ({ iat: iat - 600, exp: exp - 600 })),
        }),
      ),
      ["lifetime"],
    ],
    [
      "no lifetime",
      inBody((body) => delete body.expires_in),
      ["missing-member body /expires_in", "lifetime"],
    ],
    [
      "an undocumented header",
      ({ headers }) => Object.assign(headers, { "x-session-id": "1" }),
      ["undocumented-header header x-session-id"],
    ],
    [
      "another media type",
      ({ headers }) => Object.assign(headers, { "content-type": "text/json" }),
      ["media-type header Content-Type"],
    ],
    [
      "a body that is not JSON",
      (passing) => Object.assign(passing, { body: "<html>" }),
      ["wrong-type body /", "lifetime"],
    ],
    [
      "an undocumented status",
      (passing) => Object.assign(passing, { status: 202 }),
      ["undocumented-status status"],
    ],
    [
      "a clock that is ahead",
      ({ headers }) => Object.assign(headers, { date: new Date(Date.now() + 120_000).toUTCString() }),
      ["clock header Date"],
    ],
    [
      "a clock that is behind",
      ({ headers }) => Object.assign(headers, { date: new Date(Date.now() - 120_000).toUTCString() }),
      ["clock header Date"],
    ],
  ];
  it.each(STONEX)("finds %s, and nothing else", async (_name, change, expected) => {
    const { code, found } = await check("stonex", await deviating(sandbox.vendor("stonex"), change));
    expect([code, found]).toEqual([3, expected]);
  });

  const OTHERS: [slug: string, name: string, change: (passing: Passing) => void, found: string[]][] = [
    [
      slugSaying("authorization_code"),
      "another token type",
      inBody((body) => Object.assign(body, { token_type: "MAC" })),
      ["wrong-value body /token_type"],
    ],
    [
      "unnamed",
      "a member missing in an object",
      inBody(({ data }) => delete (data as Record<string, unknown>).expires_in),
      ["missing-member body /data/expires_in", "lifetime"],
    ],
    [
      "unnamed",
      "a wrong type inside JSON text",
      inBody((body) =>
        Object.assign(body, { data: JSON.stringify({ ...(body.data as object), expires_in: "3600" }) }),
      ),
      ["wrong-type body /data/expires_in"],
    ],
    [
      slugSaying("expires_at:"),
      "an expiry that differs from the token's exp",
      inBody((body) => Object.assign(body, { expires_at: new Date(Date.now() + 7_200_000).toISOString() })),
      ["lifetime"],
    ],
  ];
  it("takes an expiry without an offset for UTC, whatever the machine's time zone", async () => {
    let sent: unknown;
    const withoutOffset = inBody((body) => {
      sent = body.expires_at = String(body.expires_at).replace(/(Z|\+0000)$/, "");
    });
    const slug = slugSaying("expires_at:");
    const { found } = await check(slug, await deviating(sandbox.vendor(slug), withoutOffset));
    expect(sent).toMatch(/T[\d:.]+$/);
    expect(found).not.toContain("lifetime");
  });

  it.each(OTHERS)("finds in %s %s, and nothing else", async (slug, _name, change, expected) => {
    const { code, found } = await check(slug, await deviating(sandbox.vendor(slug), change));
    expect([code, found]).toEqual([3, expected]);
  });

  it("reads the same report as text, without any value of the response", async () => {
    const url = await deviating(
      sandbox.vendor("stonex"),
      inBody((body) => Object.assign(body, { session: "s3cret-value" })),
    );
    const { shell, args } = await check("stonex", url);
    const { code, out, err } = await shell.run(...args);
    expect([code, err]).toEqual([3, ""]);
    expect(out.replace(/in \d+ ms/, "in 5 ms")).toBe(
      `stonex, client_credentials: POST ${url}/api/v1/authentication responded with 200 in 5 ms\n` +
        "1 deviation from the specification:\n" +
        "  undocumented member, body /session: expected one of access_token, token_type, expires_in, scope, received string\n",
    );
  });

  it("lists optional members that were not sent without counting them as deviations", async () => {
    const url = await deviating(
      sandbox.vendor("stonex"),
      inBody((body) => delete body.scope),
    );
    expect(await check("stonex", url)).toMatchObject({
      code: 0,
      report: { deviations: [], absent: ["body /scope"] },
    });
  });

  it("looks at headers that the specification describes", async () => {
    const shell = openShell();
    const headers = {
      "X-Rate-Limit": { schema: { type: "integer" } },
      "X-Request-Id": { required: true, schema: TEXT },
    };
    const changes: Change[] = [[`${AT.success}/headers`, headers]];
    const spec = shell.write("acme.json", JSON.stringify(acme(...changes)));
    Object.assign(shell.env, { ACME_CLIENT_ID: "id", ACME_CLIENT_SECRET: "secret" });
    const body = JSON.stringify({ access_token: "a" });
    const url = await serve(() => ({
      headers: { "content-type": "application/json", "x-rate-limit": "many" },
      body,
    }));
    const { code, out } = await shell.run("check", spec, "--base-url", url, "--json");
    const { deviations } = JSON.parse(out);
    expect([code, deviations]).toEqual([
      3,
      [
        { kind: "wrong-type", place: "header X-Rate-Limit", expected: "integer", received: "other text" },
        { kind: "missing-header", place: "header X-Request-Id", expected: "string", received: "nothing" },
      ],
    ]);
  });

  it("exits with 1 when the vendor refuses, and compares the refusal", async () => {
    const { sandbox: own, urlOf } = await listeningSandbox();
    const shell = openShell();
    const credentials = own.vendor("unnamed").credentials();
    Object.assign(shell.env, variables("unnamed", { ...credentials, clientSecret: "wrong-secret-of-mine" }));
    const { code, out, err } = await shell.run("check", "unnamed", "--base-url", urlOf("unnamed"));
    expect(code).toBe(1);
    // The sandbox says why in a header that no vendor has.
    expect(out).toContain("  undocumented header, header sandbox-reason: expected none, received one\n");
    expect(err).toMatch(/^vendor-token: unnamed: POST .* responded with 401 \(401021, invalid_client/);
    expect(out + err).not.toContain("wrong-secret-of-mine");
  });

  it("caches nothing", async () => {
    const url = await deviating(sandbox.vendor("stonex"), () => {});
    const { shell } = await check("stonex", url);
    expect((await shell.run("status")).out).toBe(`nothing is cached in ${shell.home}/.cache/vendor-token\n`);
  });
});
