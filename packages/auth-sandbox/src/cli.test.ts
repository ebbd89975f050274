import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { COMMAND, killCommands, startCommand } from "../test-support/command.ts";

afterEach(killCommands);

const start = (...args: string[]) => startCommand(args);

const OPTIONS = ["--port", "--host", "--lifetime", "--tls", "--ca-file", "--quiet", "--help", "--version"];

describe("auth-sandbox", { timeout: 60_000 }, () => {
  it.each(["SIGINT", "SIGTERM"] as const)("serves until %s, then ends with 0", async (signal) => {
    const { child, ended, url } = start("--port", "0", "--lifetime", "5");
    const base = await url();
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const { vendors } = (await (await fetch(`${base}/_sandbox/`)).json()) as {
      vendors: Record<string, object>;
    };
    for (const [name, vendor] of Object.entries(vendors)) {
      expect(vendor).toMatchObject({ lifetime: 5, url: `${base}/${name}` });
    }
    child.kill(signal);
    const { code, out, err } = await ended;
    expect([code, err]).toEqual([0, ""]);
    for (const name of Object.keys(vendors)) expect(out).toContain(`  ${base}/${name}\n`);
  });

  it("goes on when nobody reads what it prints any more", async () => {
    const { child, ended, url } = start("--port", "0");
    const base = await url();
    child.stdout?.destroy();
    for (let call = 0; call < 3; call++) expect((await fetch(`${base}/_sandbox/`)).status).toBe(200);
    expect((await fetch(`${base}/stonex/whoami`)).status).toBe(401);
    expect((await fetch(`${base}/stonex/whoami`)).status).toBe(401);
    child.kill();
    expect((await ended).err).toBe("");
  });

  it("prints a line for each request, without colours outside a terminal", async () => {
    const { child, ended, url, printed } = start("--port", "0");
    const base = await url();
    const { vendors } = (await (await fetch(`${base}/_sandbox/`)).json()) as { vendors: object };
    const [vendor = ""] = Object.keys(vendors);
    await fetch(`${base}/${vendor}/whoami?secret`, { headers: { authorization: "Bearer hush" } });
    await printed(/whoami/);
    child.kill();
    const [, lines] = (await ended).out.split("as text: ");
    expect(lines).toMatch(
      new RegExp(
        `^${base}/\\n\\d\\d:\\d\\d:\\d\\d ${vendor} +401 GET /whoami  the bearer token is unknown\\n$`,
      ),
    );
  });

  it.each([
    [{ FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: undefined, NO_COLOR: "1" }, false],
  ])("prints in colours with %j: %s", async (env, isColoured) => {
    const { child, ended, url, printed } = startCommand(["--port", "0"], env);
    await fetch(`${await url()}/nowhere`);
    await printed(/nowhere/);
    child.kill();
    expect((await ended).out.includes("\u001b[")).toBe(isColoured);
  });

  it("prints no request when it is told to be quiet", async () => {
    const { child, ended, url } = start("--port", "0", "--quiet");
    const base = await url();
    await fetch(`${base}/nowhere`);
    child.kill();
    expect((await ended).out).toMatch(/as text: \S+\n$/);
  });

  it("ends with 1 and says so when the port is in use", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { port: number };
    const { code, err } = await start("--port", String(port)).ended;
    taken.close();
    expect([code, err]).toEqual([
      1,
      `auth-sandbox: port ${port} is in use; choose another with --port, or --port 0 for any free one\n`,
    ]);
  });

  it.each([
    [["--prot", "1"], "Unknown option '--prot'"],
    [["--port", "http"], '--port must be a whole number, got "http"'],
    [["--port", "70000"], 'listen option "port" must be a whole number from 0 to 65535, got 70000'],
    [["--lifetime", "0"], 'sandbox option "lifetime" must be a whole number from 1'],
    [["conomy"], "Unexpected argument 'conomy'"],
    [["--ca-file", "ca.pem"], "--ca-file needs --tls, such as --tls localhost"],
    [["--tls", "https://sandbox"], '--tls must be a host name such as "sandbox", got "https://sandbox"'],
  ])("ends with 2 and the valid options for %j", async (args, message) => {
    const { code, out, err } = await start(...args).ended;
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`auth-sandbox: ${message}`);
    for (const option of OPTIONS) expect(err).toContain(`  ${option}`);
  });

  it("says which flag is missing if the runtime lets it read nothing but code", async () => {
    const allowed = [
      "bin",
      "dist",
      "package.json",
      "node_modules",
      "../auth-spec",
      "../auth-core",
      "../../node_modules",
    ];
    const flags = allowed.map(
      (path) => `--allow-fs-read=${fileURLToPath(new URL(`../${path}`, import.meta.url))}`,
    );
    const child = spawn(process.execPath, ["--permission", ...flags, COMMAND, "--port", "0"]);
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
    expect([code, err]).toEqual([
      1,
      "auth-sandbox: cannot read the specifications in the package: Access to this API has been restricted. Use --allow-fs-read to manage permissions.\n",
    ]);
  });

  it("prints its options and its version", async () => {
    const help = await start("--help").ended;
    expect([help.code, help.out.slice(0, 29)]).toEqual([0, "Usage: auth-sandbox [options]"]);
    for (const option of [...OPTIONS, "NO_COLOR"]) expect(help.out).toContain(`  ${option} `);
    for (const line of help.out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
    expect(await start("--version").ended).toEqual({ code: 0, out: `${packageJson.version}\n`, err: "" });
  });
});
