import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { killCommands, startCommand } from "../test-support/command.ts";
import { requestLine } from "./request-line.ts";
import { createSandbox, type Sandbox } from "./sandbox.ts";
import type { ListeningSandbox } from "./server/server.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const run = promisify(execFile);

/** The first code block of this language in the README. */
function block(language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(README) ?? [];
  if (code === undefined) throw new Error(`expected a block of ${language}`);
  return code;
}

describe("the documents", () => {
  it("name the package beside the command: alone, npx asks the registry for a package of that name", () => {
    const files = ["*.md", "packages/*/*.md", "tools/docs/guides/*.md"].flatMap((pattern) =>
      globSync(pattern, { cwd: ROOT }),
    );
    const texts = files.map((file) => readFileSync(join(ROOT, file), "utf8"));
    expect(texts.filter((text) => /npx (-y )?auth-sandbox/.test(text))).toEqual([]);
    expect(texts.join("")).toContain("npx -p @org/auth-sandbox auth-sandbox");
  });
});

describe("the README", { timeout: 60_000 }, () => {
  let sandbox: Sandbox;
  let server: ListeningSandbox;
  const lines: string[] = [];
  beforeAll(async () => {
    sandbox = await createSandbox();
    const room = Math.max(...Object.keys(sandbox.vendors).map(({ length }) => length));
    server = await sandbox.listen({
      onRequest: (request) => lines.push(requestLine(request, new Date(), room, (_kind, text) => text)),
    });
  });
  afterAll(() => server.close());

  const control = async (path: string, body: object) => {
    const sent = { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${server.url}/_sandbox/${path}`, sent)).json();
  };

  it("shows the lines that the terminal shows", async () => {
    const shown = block("text");
    const [, vendor = ""] = /^\S+ (\S+)/.exec(shown) ?? [];
    const { credentials, fault, revokeAll } = sandbox.vendor(vendor);
    const { accessToken } = await control(`${vendor}/token-request`, {});
    const { grant: _, ...accepted } = credentials();
    await control(`${vendor}/token-request`, { credentials: { ...accepted, clientSecret: "wrong" } });
    fault({ status: 503, times: 1 });
    await control(`${vendor}/token-request`, {});
    revokeAll();
    await control(`${vendor}/resource-request`, { accessToken });
    const withoutTime = (text: string) => text.replace(/^\d\d:\d\d:\d\d/gm, "");
    expect(withoutTime(lines.join(""))).toBe(withoutTime(shown));
  });

  const commands = [...README.matchAll(/`(curl [^`]*\$S[^`]*)`/g)].map(([, command = ""]) => command);

  it("has an example for each request to the control endpoint", () => {
    const rows = [...README.matchAll(/^\| `(?:GET|POST|PUT)[^|]*` +\|.*$/gm)];
    expect(commands).toHaveLength(rows.length);
  });

  it.each(commands)("%s is a request that the control endpoint takes", async (command) => {
    const script = `curl() { command curl --silent --show-error --fail "$@"; }; ${command}`;
    const { stdout } = await run("sh", ["-c", script], {
      env: { ...process.env, S: `${server.url}/_sandbox` },
    });
    expect(typeof JSON.parse(stdout)).toBe("object");
  });

  it("has a sandbox for Docker Compose that is healthy, and that the other service trusts", async () => {
    const { services } = parse(block("yaml"));
    const folder = await mkdtemp(join(tmpdir(), "auth-sandbox-readme-"));
    // What a volume and a network of its own would do.
    const here = (text: string) => text.replaceAll("/ca/", `${folder}/`);
    try {
      const [, options = ""] = / auth-sandbox (.*)/.exec(here(services.sandbox.command)) ?? [];
      const command = startCommand([...options.split(" "), "--port", "0"]);
      const { port } = new URL(await command.url());
      const [curl = "", ...args] = here(services.sandbox.healthcheck.test).replace("4010", port).split(" ");
      expect((await run(curl, args)).stdout).toContain(`Base URL   https://localhost:${port}/`);

      const caFile = here(services.app.environment.NODE_EXTRA_CA_CERTS);
      const program = `console.log((await fetch("https://localhost:${port}/")).status)`;
      const env = { NODE_EXTRA_CA_CERTS: caFile };
      const { stdout } = await run(process.execPath, ["--input-type=module", "-e", program], { env });
      expect(stdout).toBe("200\n");
    } finally {
      killCommands();
      await rm(folder, { recursive: true });
    }
  });
});
