import { readFileSync } from "node:fs";
import { acme, type Change } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Arrived, type Scripted, serve } from "../../test-support/scripted-server.ts";
import { openShell } from "../../test-support/shell.ts";
import { checkCurlArguments, curlOptions } from "./curl-arguments.ts";

/** A shell with a specification, and a server that issues `token-1`, `token-2`, … and keeps what else arrives. */
async function acmeShell(respond: (request: Arrived) => Scripted = () => ({}), ...changes: Change[]) {
  const shell = openShell();
  const spec = shell.write("acme.json", JSON.stringify(acme(...changes)));
  Object.assign(shell.env, { ACME_CLIENT_ID: "id", ACME_CLIENT_SECRET: "secret", ACME_API_KEY: "key-1" });
  const arrived: Arrived[] = [];
  let issued = 0;
  const url = await serve((request) => {
    if (request.path === "/token") return { body: JSON.stringify({ access_token: `token-${++issued}` }) };
    arrived.push(request);
    return respond(request);
  });
  return { shell, url, arrived, curl: ["curl", "--base-url", url, spec], tokens: () => issued };
}

const inHeader: Change[] = [
  ["/security", [{ token: [] }]],
  ["/components/securitySchemes/token", { type: "apiKey", in: "header", name: "X-Access-Token" }],
];
const withApiKey: Change[] = [
  ["/security", [{ token: [], key: [] }]],
  ["/components/securitySchemes/token", { type: "http", scheme: "bearer" }],
  [
    "/components/securitySchemes/key",
    { type: "apiKey", in: "header", name: "X-Api-Key", "x-credential": "apiKey" },
  ],
];

// There is no /dev/fd on Windows, and the command says so.
describe.skipIf(process.platform === "win32")("vendor-token curl", () => {
  it("authorizes the request, leaves standard input to it, and shows the token to no other process", async () => {
    const { shell, url, arrived, curl } = await acmeShell(() => ({ body: "done" }));
    // The real curl, started by a script that notes with what.
    const real = (await shell.bash("command -v curl")).out.trim();
    const script = `#!/bin/sh\n{ printf '%s\\n' "$@"; env; } >> "$HOME/seen"\nexec ${real} "$@"\n`;
    shell.write("bin/curl", script, 0o755);
    const typed = `vendor-token ${curl.join(" ")} ${url}/orders?a=1 -sS -H 'X-Mine: 1' --data-binary @-`;
    expect(await shell.bash(typed, "from standard input")).toEqual({ code: 0, out: "done", err: "" });
    expect(arrived).toMatchObject([
      {
        method: "POST",
        path: "/orders?a=1",
        headers: { authorization: "Bearer token-1", "x-mine": "1" },
        body: "from standard input",
      },
    ]);
    const seen = readFileSync(`${shell.home}/seen`, "utf8");
    expect(seen).toContain("@/dev/fd/3\n");
    expect(seen).not.toContain("token-1");
  });

  it("requests no token for a call that is refused", async () => {
    const { shell, url, curl, tokens } = await acmeShell();
    const ended = await shell.run(...curl, `${url}/orders`, "--location-trusted");
    expect(ended).toMatchObject({ code: 125, err: expect.stringContaining("--location-trusted is refused") });
    expect(tokens()).toBe(0);
  });

  it("presents the token and what goes beside it as the specification says", async () => {
    const header = await acmeShell(undefined, ...inHeader);
    expect((await header.shell.run(...header.curl, `${header.url}/a`, "-sS")).code).toBe(0);
    expect(header.arrived[0]?.headers).toMatchObject({ "x-access-token": "token-1" });
    const key = await acmeShell(undefined, ...withApiKey);
    for (const path of ["/a", "/b"]) await key.shell.run(...key.curl, `${key.url}${path}`, "-sS");
    expect(key.arrived.map(({ headers }) => [headers.authorization, headers["x-api-key"]])).toEqual(
      Array(2).fill(["Bearer token-1", "key-1"]),
    );
  });

  it("passes on curl's exit code, and does not read ~/.curlrc", async () => {
    const { shell, url, arrived, curl } = await acmeShell(() => ({ status: 404 }));
    shell.write(".curlrc", `url = "${url}/from-curlrc"\n`);
    expect(await shell.run(...curl, `${url}/a`, "-sSf")).toEqual({
      code: 22,
      out: "",
      err: "curl: (22) The requested URL returned error: 404\n",
    });
    expect(arrived.map(({ path }) => path)).toEqual(["/a"]);
  });

  it("sends nothing where the token may not go, however the URL is written", async () => {
    const { shell, url, tokens, curl } = await acmeShell();
    const other = await serve(() => ({ body: "leaked" }));
    for (const wrong of [other, "http://example.com/", `https://example.com\\@${url.slice(7)}/`, "orders"]) {
      const { code, out, err } = await shell.run(...curl, wrong, "-sS");
      expect([code, out], wrong).toEqual([125, ""]);
      expect(err).toMatch(/^vendor-token: url: /);
    }
    expect(tokens()).toBe(0);
  });

  it("follows a redirect with a token in Authorization, which curl keeps from another host", async () => {
    const other = await serve(({ headers }) => ({ body: String(headers.authorization) }));
    const { shell, url, curl } = await acmeShell(() => ({ status: 302, headers: { location: other } }));
    const { code, out } = await shell.run(...curl, `${url}/a`, "-sSL");
    expect([code, out]).toEqual([0, "undefined"]);
  });

  it("refuses to follow one with a token in another header, or a key beside it", async () => {
    for (const changes of [inHeader, withApiKey]) {
      const { shell, url, arrived, curl } = await acmeShell(undefined, ...changes);
      const { code, err } = await shell.run(...curl, `${url}/a`, "-sSL");
      expect([code, arrived]).toEqual([125, []]);
      expect(err).toMatch(
        /^vendor-token: curl option --location is refused: curl sends .*X-.* to any host that it is redirected to\n$/,
      );
    }
  });

  it("renews a cached token that the API refuses, for the next run", async () => {
    const isGood = ({ headers }: Arrived) => headers.authorization === "Bearer token-2";
    const { shell, url, curl, tokens } = await acmeShell((request) =>
      isGood(request) ? { body: "welcome" } : { status: 401, body: "who?" },
    );
    const call = () => shell.run(...curl, `${url}/a`, "-sS");
    expect((await call()).err).toBe("vendor-token: the API refused a token that was just issued (401)\n");
    expect(await call()).toEqual({
      code: 0,
      out: "who?",
      err: "vendor-token: the API refused the cached token (401). A new one is cached: run the command again.\n",
    });
    expect(await call()).toEqual({ code: 0, out: "welcome", err: "" });
    expect(tokens()).toBe(2);
  });

  it("says so when curl is not installed, and where curl's options belong", async () => {
    const { shell, url, curl } = await acmeShell();
    const early = await shell.run(...curl, "-d", "x", `${url}/a`);
    expect([early.code, early.err]).toEqual([
      125,
      expect.stringContaining("; curl options come after the url\n"),
    ]);
    shell.env.PATH = `${shell.home}/bin`;
    const none = await shell.run(...curl, `${url}/a`);
    expect([none.code, none.err]).toEqual([
      125,
      "vendor-token: curl could not be started: spawnSync curl ENOENT\n",
    ]);
  });
});

describe("curl's options", () => {
  const known = curlOptions();
  const https = "https://api.acme.test/a";
  const check = (args: string[], url = https, carriers = ["Authorization"]) =>
    checkCurlArguments(args, known, url, carriers);

  it.each<[string[], string[]]>([
    [
      ["-sSfd", "body", "-H", "A: b", "--json", "{}"],
      ["silent", "show-error", "fail", "data", "header", "json"],
    ],
    [
      ["-dbody", "-XPUT", "-o", "-", "--no-buffer", "--no-location"],
      ["data", "request", "output", "no-buffer"],
    ],
    [
      ["-Lv", "-x", "http://proxy.test"],
      ["location", "verbose", "proxy"],
    ],
  ])("are read as curl reads them: %j", (args, names) => {
    expect(check(args).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [["https://evil.test"], 'received "https://evil.test": only one URL gets the token'],
    [["-d", "x", "https://evil.test"], 'received "https://evil.test"'],
    [["--url", "https://evil.test"], "--url is refused"],
    [["-s:"], "--next is refused"],
    [["-sK", "file"], "--config is refused"],
    [["-Kfile"], "--config is refused"],
    [["--libcurl", "file"], "--libcurl is refused"],
    [["--location-trusted"], "--location-trusted is refused"],
    [["-k"], "--insecure is refused"],
    [["--expand-url", "{{a}}"], known.takesValue.has("variable") ? "--expand-url" : "no option --expand-url"],
    // curl takes any beginning of a name for it.
    [["--location-trust"], "curl has no option --location-trust (write it in full)"],
    [["--conf", "file"], "curl has no option --conf (write it in full)"],
    [["--no-data", "https://evil.test"], "curl has no option --no-data"],
    [["-H", "authorization: mine"], "--header is refused: authorization carries the token"],
  ])("that take the token elsewhere are refused: %j", (args, message) => {
    expect(() => check(args)).toThrow(message);
  });

  it("that choose another address are refused over http only", () => {
    for (const args of [
      ["--resolve", "a:1:b"],
      ["--connect-to", "::evil.test:80"],
      ["--unix-socket", "/tmp/s"],
    ]) {
      expect(check(args)).toHaveLength(1);
      expect(() => check(args, "http://127.0.0.1/a")).toThrow("over http the token stays on this machine");
    }
  });

  it("that set cookies are refused where one carries the token", () => {
    expect(check(["-b", "a=b"])).toHaveLength(1);
    expect(() => check(["-b", "a=b"], https, ["Cookie"])).toThrow(
      "--cookie is refused: cookie carries the token",
    );
  });
});
