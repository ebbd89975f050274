import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { listVendors } from "@org/vendors";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const manifest = createRequire(import.meta.url).resolve("@org/auth-sandbox/package.json");
const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
const COMMAND = join(dirname(manifest), bin["auth-sandbox"]);

/** As in a network of containers, where DNS knows the sandbox by its name. */
const RESOLVE = `
  import dns from "node:dns";
  const { lookup } = dns;
  dns.lookup = (name, ...more) => lookup(name === "sandbox" ? "127.0.0.1" : name, ...more);
`;

/** Gets a token with each client and calls the API with it; prints the status. */
const PROGRAM = `
  import { authorizedFetch } from "@org/auth-core";
  import { importClient, listVendors } from "@org/vendors";

  for (const listed of listVendors()) {
    const { createTokenCache } = await importClient(listed);
    const control = process.env.SANDBOX + "/_sandbox/" + listed.slug;
    const credentials = await (await fetch(control + "/credentials", { method: "POST" })).json();
    const baseUrl = process.env.SANDBOX + "/" + listed.slug;
    const fetchAuthorized = authorizedFetch(createTokenCache(credentials, { baseUrl }));
    console.log(listed.slug, (await fetchAuthorized(baseUrl + "/whoami")).status);
  }
`;

describe("clients of a sandbox in another container", { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "over-tls-"));
  const ca = join(folder, "ca.pem");
  let command: ChildProcess;
  let port: string;

  beforeAll(async () => {
    const options = ["--port", "0", "--host", "0.0.0.0", "--tls", "sandbox", "--ca-file", ca];
    command = spawn(process.execPath, [COMMAND, ...options], { stdio: ["ignore", "pipe", "inherit"] });
    if (!command.stdout) throw new Error("expected its output in a pipe");
    const [line] = await once(createInterface({ input: command.stdout }), "line");
    port = /https:\/\/sandbox:(\d+)/.exec(line)?.[1] ?? "";
  });
  afterAll(async () => {
    command.kill();
    await once(command, "close");
    rmSync(folder, { recursive: true });
  });

  const runClients = (env: NodeJS.ProcessEnv) => {
    const preload = `data:text/javascript,${encodeURIComponent(RESOLVE)}`;
    const args = ["--import", preload, "--input-type=module", "-e", PROGRAM];
    return spawnSync(process.execPath, args, { cwd: import.meta.dirname, encoding: "utf8", env });
  };

  it("get tokens and call the API over https where they trust its CA", () => {
    const { stdout, stderr } = runClients({ SANDBOX: `https://sandbox:${port}`, NODE_EXTRA_CA_CERTS: ca });
    const lines = listVendors().map(({ slug }) => `${slug} 200\n`);
    expect([stdout, stderr]).toEqual([lines.join(""), ""]);
  });

  it("get nothing where they do not", () => {
    const { stdout, stderr } = runClients({ SANDBOX: `https://sandbox:${port}` });
    expect(stdout).toBe("");
    expect(stderr).toContain("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });
});
