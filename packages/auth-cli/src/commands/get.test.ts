import { readFileSync } from "node:fs";
import { AT, acme } from "@org/acme-spec";
import { environmentVariable as documented } from "@org/vendors";
import { describe, expect, it } from "vitest";
import { listeningSandbox, openShell, variables } from "../../test-support/shell.ts";
import { environmentVariable } from "../credentials.ts";

const HOUR = 3_600_000;

/** A shell that has StoneX's credentials in its environment, and the sandbox that accepts them. */
async function stonexShell() {
  const shell = openShell();
  const { sandbox, urlOf } = await listeningSandbox();
  const vendor = sandbox.vendor("stonex");
  Object.assign(shell.env, variables("stonex", vendor.credentials()));
  const where = ["stonex", "--base-url", urlOf("stonex")];
  return { shell, vendor, where, url: urlOf("stonex") };
}

/** A command that prints credentials and notes that it ran. */
function countingCommand(shell: ReturnType<typeof openShell>, credentials: object) {
  const json = shell.write("credentials.json", JSON.stringify(credentials));
  const log = shell.write("runs.log", "");
  return {
    command: `echo run >> ${log}; cat ${json}`,
    runs: () => readFileSync(log, "utf8").split("\n").length - 1,
  };
}

describe("vendor-token get", () => {
  it("prints the bare token and nothing else, the cached one at the next run", async () => {
    const { shell, vendor, where } = await stonexShell();
    const first = await shell.run("get", ...where);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^[\w.-]+\n$/);
    expect(await shell.run("get", ...where)).toEqual(first);
    expect(vendor.counts.tokenRequests).toBe(1);
  });

  it("reads no credentials for a cached token, and reads them again when it has expired", async () => {
    const { shell, vendor, where } = await stonexShell();
    const { command, runs } = countingCommand(shell, vendor.credentials());
    const get = ["get", ...where, "--credentials-command", command];
    const [first, second] = [await shell.run(...get), await shell.run(...get)];
    expect([first.code, second.out, runs()]).toEqual([0, first.out, 1]);
    const third = await shell.later(HOUR, ...get);
    expect([third.code, runs(), vendor.counts.tokenRequests]).toEqual([0, 2, 2]);
    expect(third.out).not.toBe(first.out);
  });

  it("makes one request for processes that start together", async () => {
    const { shell, vendor, where } = await stonexShell();
    const all = await Promise.all(Array.from({ length: 4 }, () => shell.run("get", ...where)));
    expect(new Set(all.map(({ out }) => out)).size).toBe(1);
    expect(vendor.counts.tokenRequests).toBe(1);
  });

  it("prints JSON, or the header, and renews with --force", async () => {
    const { shell, vendor, where } = await stonexShell();
    const token = (await shell.run("get", ...where)).out.trim();
    const { out } = await shell.run("get", ...where, "--json");
    expect(JSON.parse(out)).toEqual({
      accessToken: token,
      tokenType: "Bearer",
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      scope: "client_credentials",
    });
    expect((await shell.run("get", ...where, "--header")).out).toBe(`Authorization: Bearer ${token}\n`);
    expect((await shell.run("get", ...where, "--force")).out).not.toContain(token);
    expect(vendor.counts.tokenRequests).toBe(2);
  });

  it("loads neither a YAML parser nor what sends requests for a cached token, which takes no longer than it has to", async () => {
    const { shell, where } = await stonexShell();
    await shell.run("get", ...where);
    const preload = new URL("../../test-support/loaded.js", import.meta.url).href;
    shell.env.NODE_OPTIONS = `--import=${preload}`;
    const loadedBy = async (...args: string[]) => {
      expect((await shell.run("get", ...where, ...args)).code).toBe(0);
      return readFileSync(`${shell.home}/loaded`, "utf8");
    };
    const heavy = /node_modules.yaml|deps.undici.undici/;
    expect(await loadedBy()).not.toMatch(heavy);
    expect(await loadedBy("--force")).toMatch(heavy);
  });

  it("keeps apart servers, sources of credentials and profiles", async () => {
    const { shell, vendor, where } = await stonexShell();
    const file = shell.write("credentials.json", JSON.stringify(vendor.credentials()));
    const runs = [
      await shell.run("get", ...where),
      await shell.run("get", ...where, "--profile", "eu"),
      await shell.run("get", ...where, "--credentials-file", file),
      await shell.run("get", "stonex", "--base-url", `${where[2]}/`, "--profile", "eu"),
    ];
    expect(runs.map(({ code, err }) => [code, err])).toEqual(Array(4).fill([0, ""]));
    expect(runs[3]?.out).toBe(runs[1]?.out);
    expect(new Set(runs.map(({ out }) => out)).size).toBe(3);
  });

  it.each([
    [
      [],
      "contit has several grants: pass --grant with one of client_credentials, api_key, refresh_token, authorization_code",
    ],
    [["--grant", "password"], 'unknown grant of contit "password": expected one of client_credentials, '],
  ])("refuses %j for a vendor with several grants", async (args, message) => {
    const { code, out, err } = await openShell().run("get", "contit", ...args);
    expect([code, out]).toEqual([2, ""]);
    expect(err.startsWith(`vendor-token: ${message}`), err).toBe(true);
  });

  it("goes on with the stored refresh token, without the code that was used up", async () => {
    const shell = openShell();
    const { sandbox, urlOf } = await listeningSandbox();
    const vendor = sandbox.vendor("contit");
    Object.assign(shell.env, variables("contit", vendor.credentials("authorization_code")));
    const get = ["get", "contit", "--grant", "authorization_code", "--base-url", urlOf("contit")];
    const first = await shell.run(...get);
    expect(first).toMatchObject({ code: 0, err: "" });
    delete shell.env.CONTIT_CODE;
    expect((await shell.run(...get)).out).toBe(first.out);
    const renewed = await shell.later(HOUR, ...get);
    expect([renewed.code, renewed.err]).toEqual([0, ""]);
    expect(renewed.out).not.toBe(first.out);
    expect((await shell.run("forget", "contit")).code).toBe(0);
    expect((await shell.run(...get)).err).toContain("contit: missing credentials: CONTIT_CODE\n");
  });

  it("asks for a refresh token that the vendor never replaces, since it is not used up", async () => {
    const document = acme(
      [`${AT.operation}/x-token-grant`, "refresh_token"],
      [`${AT.request}/properties/client_secret/x-credential`, "refreshToken"],
    );
    const { sandbox, urlOf } = await listeningSandbox({ acme: document });
    const shell = openShell();
    Object.assign(shell.env, variables("acme", sandbox.vendor("acme").credentials()));
    const get = ["get", shell.write("acme.json", JSON.stringify(document)), "--base-url", urlOf("acme")];
    expect(await shell.run(...get)).toMatchObject({ code: 0, err: "" });
    delete shell.env.ACME_REFRESH_TOKEN;
    const { code, err } = await shell.run(...get, "--force");
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      "vendor-token: acme: missing credentials: ACME_REFRESH_TOKEN",
    ]);
  });

  it("takes a specification file, with the variables of its server", async () => {
    const shell = openShell();
    const { urlOf } = await listeningSandbox();
    const file = shell.write(
      "acme.yaml",
      readFileSync(new URL("../../../../specs/stonex/openapi.yaml", import.meta.url), "utf8").replace(
        /^ {2}title: .*/m,
        "  title: 3DS Pay",
      ),
    );
    Object.assign(shell.env, {
      V3DS_PAY_CLIENT_ID: "example-client-id",
      V3DS_PAY_CLIENT_SECRET: "example-client-secret",
    });
    const { code, out, err } = await shell.run("get", file, "--base-url", urlOf("stonex"));
    expect([code, err]).toEqual([0, ""]);
    expect((await shell.run("get", "./acme.yaml", "--base-url", urlOf("stonex"))).out).toBe(out);
    // Its token can be forgotten once the file is gone, too.
    await shell.bash("rm acme.yaml");
    expect((await shell.run("status")).out).toContain("acme.yaml");
    expect((await shell.run("forget", "./acme.yaml")).code).toBe(0);
    expect((await shell.run("status")).out).not.toContain("acme.yaml");
  });

  it("says what the vendor refused and where the credentials came from, and no secret", async () => {
    const { shell, where, url } = await stonexShell();
    shell.env.STONEX_CLIENT_SECRET = "wrong-secret-of-mine";
    const { code, out, err } = await shell.run("get", ...where);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toBe(
      `vendor-token: stonex: POST ${url}/api/v1/authentication responded with 401; the sandbox says: clientSecret is not the accepted one\n` +
        "The credentials came from the environment: STONEX_CLIENT_ID, STONEX_CLIENT_SECRET, STONEX_VERSION.\n",
    );
  });

  it("refuses a folder of tokens that others can read", async () => {
    const { shell, where } = await stonexShell();
    await shell.run("get", ...where);
    await shell.bash("chmod 755 .cache/vendor-token/*");
    const { code, err } = await shell.run("get", ...where);
    expect(code).toBe(2);
    expect(err).toContain("which has mode 755: chmod 700 it");
  });

  // Windows has no `ulimit`.
  it.skipIf(process.platform === "win32")(
    "gets a token if nothing can be written, and says so once",
    async () => {
      const { shell, where } = await stonexShell();
      const { code, out, err } = await shell.bash(
        `trap "" XFSZ; ulimit -f 0; vendor-token get ${where.join(" ")}`,
      );
      expect([code, out]).toEqual([0, expect.stringMatching(/^[\w.-]+\n$/)]);
      expect(err).toMatch(/^vendor-token: warning: nothing is cached: .*EFBIG.*\n$/);
    },
  );
});

describe("credentials", () => {
  it("that are missing are listed by the variables that were looked for", async () => {
    const { shell, where } = await stonexShell();
    delete shell.env.STONEX_CLIENT_SECRET;
    expect(await shell.run("get", ...where)).toEqual({
      code: 2,
      out: "",
      err: [
        "vendor-token: stonex: missing credentials: STONEX_CLIENT_SECRET",
        "They were looked for in the environment. Optional: STONEX_VERSION.",
        "Credentials come from the environment, --credentials-file or --credentials-command.",
        "",
      ].join("\n"),
    });
  });

  it("in a file that others can read are refused", async () => {
    const { shell, vendor, where } = await stonexShell();
    const file = shell.write("credentials.json", JSON.stringify(vendor.credentials()), 0o640);
    const { code, err } = await shell.run("get", ...where, "--credentials-file", file);
    expect([code, err]).toEqual([
      2,
      `vendor-token: --credentials-file: expected a file that only its owner can read, received ${file} with mode 640: chmod 600 it\n`,
    ]);
  });

  it.each([
    ['{"clientId":"id","clientSecret":5}', 'expected "clientSecret" to be non-empty text'],
    [
      '{"clientId":"id","secret":"s3cret-value"}',
      '"secret": expected one of clientId, clientSecret, version',
    ],
    [
      "s3cret-value",
      'expected a JSON object such as { "clientId": "...", "clientSecret": "..." }, received something else (not shown)',
    ],
    [
      '{"clientId":"id","grant":"password"}',
      "expected the grant client_credentials, as on the command line, received another one",
    ],
    ['{"clientId":"id"}', "stonex: missing credentials: clientSecret"],
  ])("in a file are checked, and never shown: %s", async (content, message) => {
    const { shell, where } = await stonexShell();
    const { code, out, err } = await shell.run(
      "get",
      ...where,
      "--credentials-file",
      shell.write("c.json", content),
    );
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(message);
    expect(err).not.toContain("s3cret-value");
  });

  it("from a command that fails give no token, and the command's own message is shown", async () => {
    const { shell, where } = await stonexShell();
    const command = "echo not signed in >&2; exit 7";
    expect(await shell.run("get", ...where, "--credentials-command", command)).toEqual({
      code: 1,
      out: "",
      err: "not signed in\nvendor-token: --credentials-command: expected exit code 0, received 7\n",
    });
  });

  it("are in the variables that the documentation names", () => {
    for (const [vendor, name] of [
      ["stonex", "clientId"],
      ["acme-pay", "apiKey"],
      ["3ds", "gatewayApiKey"],
    ] as const)
      expect(environmentVariable(vendor, name)).toBe(documented(vendor, name));
  });
});
