import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };

const COMMAND = fileURLToPath(new URL("../bin/auth-sandbox.js", import.meta.url));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [COMMAND, ...args]);
  running.add(child);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    output.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.err += chunk;
  });
  const ended = new Promise<{ code: number | null } & typeof output>((resolve) => {
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code, ...output });
    });
  });
  async function url(): Promise<string> {
    const found = /listens on (\S+)/.exec(output.out)?.[1];
    if (found) return found;
    await Promise.race([new Promise((resolve) => child.stdout.once("data", resolve)), ended]);
    if (child.exitCode !== null) throw new Error(`ended early: ${output.err}`);
    return url();
  }
  return { child, ended, url };
}

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
  ])("ends with 2 and the valid options for %j", async (args, message) => {
    const { code, out, err } = await start(...args).ended;
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(`auth-sandbox: ${message}`);
    for (const option of ["--port", "--host", "--lifetime", "--help", "--version"])
      expect(err).toContain(`  ${option}`);
  });

  it("prints its options and its version", async () => {
    const help = await start("--help").ended;
    expect([help.code, help.out.slice(0, 29)]).toEqual([0, "Usage: auth-sandbox [options]"]);
    expect(await start("--version").ended).toEqual({ code: 0, out: `${packageJson.version}\n`, err: "" });
  });
});
