import { readFileSync } from "node:fs";
import { acme, type Change } from "@org/acme-spec";
import { listVendors } from "@org/vendors";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { listeningSandbox, openShell, variables } from "../test-support/shell.ts";
import { COMMANDS } from "./commands/commands.ts";

const VENDORS = listVendors().map(({ slug }) => slug);
const sorted = [...VENDORS].sort().join(", ");
const GET = COMMANDS.find(({ name }) => name === "get")
  ?.options.map((name) => `--${name}`)
  .join(", ");

describe("vendor-token", () => {
  it.each([
    [["gett"], `unknown command "gett": expected one of get, curl, status, forget, check, completion`],
    [["--hepl"], 'unknown option "--hepl": expected one of --help, --version'],
    [[], "expected a command"],
    [["get"], "get: expected <vendor|spec.yaml>, received none"],
    [["get", "stonex", "other"], 'get: expected <vendor|spec.yaml>, received "other" as well'],
    [["get", "stonex", "--servr", "sandbox"], `unknown option "--servr": expected one of ${GET}`],
    [["get", "stonex", "-x"], `unknown option "-x": expected one of ${GET}`],
    [["get", "stonex", "--server"], "--server: expected a value, as in --server <name>"],
    [["get", "stonex", "--server", "--json"], "--server: expected a value, as in --server <name>"],
    [["get", "stonex", "--json=yes"], "--json: expected no value"],
    [["get", "stonex", "--profile=a", "--profile=b"], "--profile: expected it once"],
    [
      ["get", "stonx"],
      `unknown vendor "stonx": expected one of ${sorted}, or a specification file such as ./acme.yaml`,
    ],
    [["forget", "stonx"], `unknown vendor "stonx": expected one of ${sorted}`],
    [
      ["get", "stonex", "--server", "sandbx"],
      'unknown server of stonex "sandbx": expected one of sandbox, production',
    ],
    [
      ["get", "stonex"],
      "stonex has several servers: pass --server with one of sandbox, production, or --base-url",
    ],
    [
      ["get", "unnamed"],
      "unnamed publishes no host: pass --base-url, such as --base-url https://api.example.com",
    ],
    [
      ["get", "unnamed", "--server", "sandbox"],
      "unnamed publishes no host: pass --base-url instead of --server",
    ],
    [
      ["get", "stonex", "--base-url", "http://example.com"],
      "stonex: baseUrl: expected an absolute https URL",
    ],
    [
      ["get", "stonex", "--server", "sandbox", "--variable", "tenant"],
      "--variable: expected a name and a value, as in --variable tenant=acme",
    ],
    [
      ["get", "stonex", "--server", "sandbox", "--json", "--header"],
      "expected --json or --header, received both",
    ],
    [
      ["get", "stonex", "--server=sandbox", "--credentials-file=a", "--credentials-command=b"],
      "expected --credentials-file or --credentials-command, received both",
    ],
    [["get", "./nothing.yaml"], "./nothing.yaml: expected a YAML or JSON file: ENOENT"],
    [["completion", "fish"], 'unknown shell "fish": expected one of bash, zsh'],
  ])("refuses %j", async (args, message) => {
    const { code, out, err } = await openShell().run(...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.startsWith(`vendor-token: ${message}`), err).toBe(true);
  });

  it("refuses a specification that cannot be honoured, and one that asks for a client certificate", async () => {
    const shell = openShell();
    const write = (...changes: Change[]) => shell.write("acme.json", JSON.stringify(acme(...changes)));
    const broken = await shell.run("get", write(["/paths/~1token/post/security", undefined]));
    expect([broken.code, broken.err]).toEqual([
      2,
      expect.stringMatching(
        /acme.json has problems:\n {2}#\/paths\/~1token\/post\/security \(operation-security\): /,
      ),
    ]);
    const mutual: Change[] = [
      ["/security", [{ token: [], certificate: [] }]],
      ["/components/securitySchemes/token", { type: "http", scheme: "bearer" }],
      ["/components/securitySchemes/certificate", { type: "mutualTLS" }],
    ];
    const { code, err } = await shell.run("get", write(...mutual));
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("requires a client certificate (mutualTLS), which vendor-token cannot present"),
    ]);
  });

  it("fills the variables of a server, and refuses what they cannot be", async () => {
    const shell = openShell();
    const file = shell.write(
      "acme.json",
      JSON.stringify(
        acme([
          "/servers/0",
          {
            url: "https://{tenant}.acme.invalid",
            "x-name": "production",
            variables: { tenant: { default: "" } },
          },
        ]),
      ),
    );
    Object.assign(shell.env, { ACME_CLIENT_ID: "id", ACME_CLIENT_SECRET: "secret" });
    const unknown = await shell.run("get", file, "--variable", "tenat=a");
    expect([unknown.code, unknown.err]).toEqual([
      2,
      'vendor-token: unknown acme variable "tenat": expected one of tenant\n',
    ]);
    const wrong = await shell.run("get", file, "--variable", "tenant=shop/");
    expect([wrong.code, wrong.err]).toEqual([
      2,
      expect.stringContaining("acme: variables.tenant: expected letters,"),
    ]);
    const { err } = await shell.run("curl", file, "--variable", "tenant=shop", "https://127.0.0.1/");
    expect(err).toContain("the token may go to https://shop.acme.invalid, not to https://127.0.0.1\n");
  });

  it("prints its version, and help with examples for every command", async () => {
    const shell = openShell();
    expect(await shell.run("--version")).toEqual({ code: 0, out: `${packageJson.version}\n`, err: "" });
    const { code, out } = await shell.run("--help");
    expect([code, out.split("\n")[0]]).toEqual([0, "Usage: vendor-token <command> [options]"]);
    for (const { name, options, examples } of COMMANDS) {
      expect(out).toContain(`\n  ${name} `);
      const own = await shell.run(name, "--help");
      expect([own.code, own.err, examples.length > 0]).toEqual([0, "", true]);
      for (const text of [
        `vendor-token ${name} `,
        ...options.map((option) => `\n  --${option}`),
        ...examples,
      ])
        expect(own.out).toContain(text);
    }
  });
});

describe("vendor-token status and forget", () => {
  /** A shell that has got tokens of two profiles and of a file. */
  async function shellWithTokens() {
    const shell = openShell();
    const { sandbox, urlOf } = await listeningSandbox();
    Object.assign(shell.env, variables("unnamed", sandbox.vendor("unnamed").credentials()));
    const url = urlOf("unnamed");
    const spec = new URL("../../../specs/unnamed/openapi.yaml", import.meta.url);
    const file = shell.write(
      "acme.yaml",
      readFileSync(spec, "utf8").replace(/^ {2}title: .*/m, "  title: Unnamed"),
    );
    const tokens: string[] = [];
    for (const args of [["unnamed"], ["unnamed", "--profile", "eu"], ["./acme.yaml"]])
      tokens.push((await shell.run("get", ...args, "--base-url", url)).out.trim());
    expect(new Set(tokens).size).toBe(3);
    return { shell, url, file, tokens };
  }

  it("say what is cached, until when and where, and no secret", async () => {
    const { shell, url, file, tokens } = await shellWithTokens();
    const { code, out, err } = await shell.run("status");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^unnamed: valid until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT\+0[12]:00, for 59 min$/m);
    expect(out.match(/^ {2}server {9}(.*)$/gm)).toEqual(Array(3).fill(`  server         ${url}`));
    expect(out).toContain(`  specification  ${file}\n`);
    expect(out).toContain("  profile        eu\n");
    expect(out).toContain(`  folder         ${shell.home}/.cache/vendor-token/unnamed-`);
    const json = await shell.run("status", "--json");
    expect(JSON.parse(json.out)).toHaveLength(3);
    expect(JSON.parse(json.out)[0]).toMatchObject({
      vendor: "unnamed",
      baseUrl: url,
      grant: "client_credentials",
      expiresAt: expect.any(String),
    });
    for (const secret of [...tokens, "example-client-secret"]) expect(out + json.out).not.toContain(secret);
    const later = await shell.later(3_600_000, "status");
    expect(later.out.match(/^unnamed: expired$/gm)).toHaveLength(3);
  });

  it("keep files that only their owner can read, below XDG_CACHE_HOME where that is set", async () => {
    const { shell, url } = await shellWithTokens();
    const modes = await shell.bash(
      "find .cache/vendor-token -type f -exec stat -c %a {} + | sort -u; find .cache/vendor-token -type d -exec stat -c %a {} + | sort -u",
    );
    expect(modes.out).toBe("600\n700\n");
    shell.env.XDG_CACHE_HOME = `${shell.home}/elsewhere`;
    await shell.run("get", "unnamed", "--base-url", url);
    expect((await shell.run("status")).out).toContain(`${shell.home}/elsewhere/vendor-token/unnamed-`);
    shell.env.XDG_CACHE_HOME = "relative";
    expect(JSON.parse((await shell.run("status", "--json")).out)).toHaveLength(3);
  });

  it("forget a profile, a file, or all of a vendor", async () => {
    const { shell, url } = await shellWithTokens();
    const forgotten = { code: 0, out: `forgotten: unnamed, ${url}\n`, err: "" };
    expect(await shell.run("forget", "unnamed", "--profile", "eu")).toEqual(forgotten);
    expect(await shell.run("forget", "./acme.yaml")).toEqual(forgotten);
    expect(await shell.run("forget", "unnamed")).toEqual(forgotten);
    expect((await shell.run("forget", "unnamed")).out).toBe("nothing is cached for unnamed\n");
    expect((await shell.run("status")).out).toBe(`nothing is cached in ${shell.home}/.cache/vendor-token\n`);
  });
});

// util-linux has it, and says what the terminal would show.
describe.skipIf(process.platform !== "linux")("colours", () => {
  it("are shown on a terminal, and left out with NO_COLOR and in a pipe", async () => {
    const { sandbox, urlOf } = await listeningSandbox();
    const shell = openShell();
    Object.assign(shell.env, {
      TERM: "xterm-256color",
      ...variables("unnamed", sandbox.vendor("unnamed").credentials()),
    });
    await shell.run("get", "unnamed", "--base-url", urlOf("unnamed"));
    const inTerminal = (prefix: string) =>
      shell.bash(`script -qec '${prefix} vendor-token status' /dev/null`);
    const csi = "\u001b[";
    expect((await inTerminal("")).out).toContain(`unnamed: ${csi}`);
    for (const { out } of [await inTerminal("NO_COLOR=1"), await shell.run("status")]) {
      expect(out).toContain("unnamed: valid until");
      expect(out).not.toContain(csi);
    }
  });
});
