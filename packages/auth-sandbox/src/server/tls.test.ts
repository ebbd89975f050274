import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { killCommands, type StartedCommand, startCommand } from "../../test-support/command.ts";
import { createSandbox } from "../sandbox.ts";
import { throwAwayCertificate } from "./throw-away-certificate.ts";

const run = promisify(execFile);
const failing = (error: { stderr: string }) => ({ stdout: "", stderr: error.stderr });

describe("a throw-away certificate", () => {
  const now = Date.UTC(2026, 10, 30);

  it("is for the names and addresses it was made for, and for loopback", async () => {
    const { cert, ca } = await throwAwayCertificate(["sandbox", "10.1.2.3"], now);
    const server = new X509Certificate(cert);
    const authority = new X509Certificate(ca);
    for (const name of ["sandbox", "localhost"]) expect(server.checkHost(name)).toBe(name);
    for (const address of ["10.1.2.3", "127.0.0.1"]) expect(server.checkIP(address)).toBe(address);
    expect(server.subjectAltName).toContain("0:0:0:0:0:0:0:1");
    expect(server.checkHost("evil.example")).toBeUndefined();
    expect([server.ca, authority.ca]).toEqual([false, true]);
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(new Date(server.validTo).getTime() - now).toBe(30 * 24 * 60 * 60 * 1000);
  });

  it("is of another CA each time", async () => {
    const [one, other] = await Promise.all([
      throwAwayCertificate(["a"], now),
      throwAwayCertificate(["a"], now),
    ]);
    expect(new X509Certificate(one.cert).verify(new X509Certificate(other.ca).publicKey)).toBe(false);
  });
});

describe("a sandbox that serves https", { timeout: 60_000 }, () => {
  let folder: string;
  let ca: string;
  let command: StartedCommand;
  let port: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "auth-sandbox-test-"));
    ca = join(folder, "ca.pem");
    command = startCommand(["--port", "0", "--host", "0.0.0.0", "--tls", "sandbox", "--ca-file", ca]);
    ({ port } = new URL(await command.url()));
  });
  afterAll(async () => {
    killCommands();
    await rm(folder, { recursive: true });
  });

  const curl = (url: string, ...args: string[]) =>
    run("curl", ["-sS", "--resolve", `sandbox:${port}:127.0.0.1`, ...args, url]).catch(failing);

  it("is called by curl that trusts its CA: by name, and by loopback", async () => {
    for (const host of ["sandbox", "localhost", "127.0.0.1"]) {
      const { stdout } = await curl(`https://${host}:${port}/_sandbox/`, "--cacert", ca);
      const { vendors } = JSON.parse(stdout) as { vendors: Record<string, { url: string }> };
      for (const [name, { url }] of Object.entries(vendors))
        expect(url).toBe(`https://${host}:${port}/${name}`);
    }
  });

  it("is not called by curl that does not, nor by another name", async () => {
    expect((await curl(`https://sandbox:${port}/`)).stderr).toContain("certificate");
    const elsewhere = ["--resolve", `evil.example:${port}:127.0.0.1`, "--cacert", ca];
    expect((await curl(`https://evil.example:${port}/`, ...elsewhere)).stderr).toContain("evil.example");
    const insecure = await curl(`https://evil.example:${port}/`, ...elsewhere, "--insecure");
    expect(insecure.stdout).toContain("the Host header must be");
  });

  it("is called by the fetch of a Node.js process with NODE_EXTRA_CA_CERTS", async () => {
    const program = `const { status } = await fetch("https://localhost:${port}/"); console.log(status);`;
    const start = (env: NodeJS.ProcessEnv) =>
      run(process.execPath, ["--input-type=module", "-e", program], { env }).catch(failing);
    expect((await start({ NODE_EXTRA_CA_CERTS: ca })).stdout).toBe("200\n");
    expect((await start({})).stderr).toContain("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });

  it("takes changes from its own page only", async () => {
    const [vendor = ""] = Object.keys((await createSandbox()).vendors);
    const faults = `https://sandbox:${port}/_sandbox/${vendor}/faults`;
    const change = async (origin: string) => {
      const { stdout } = await curl(faults, "--cacert", ca, "-X", "DELETE", "-H", `origin: ${origin}`);
      return Object.keys(JSON.parse(stdout));
    };
    expect(await change(`https://sandbox:${port}`)).toEqual(["faults"]);
    expect(await change(`http://sandbox:${port}`)).toEqual(["error"]);
    expect(await change("https://evil.example")).toEqual(["error"]);
  });

  it("says how to trust its CA, whose key is nowhere", async () => {
    const [said] = await command.printed(/Callers have to trust[\s\S]*--cacert .*\n/);
    for (const words of [
      `NODE_EXTRA_CA_CERTS=${ca}`,
      `DENO_CERT=${ca}`,
      `SSL_CERT_FILE=${ca}`,
      `--cacert ${ca}`,
    ])
      expect(said).toContain(words);
    expect(readFileSync(ca, "utf8")).toMatch(
      /^-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\s*$/,
    );
  });
});

describe("the CA's certificate", () => {
  afterEach(killCommands);

  it("is in a temporary directory by default, and gone when the command has ended", async () => {
    const { child, ended, printed } = startCommand(["--port", "0", "--tls", "localhost"]);
    const [, file = ""] = await printed(/--cacert (.*)\n/);
    expect(existsSync(file)).toBe(true);
    child.kill();
    await ended;
    expect(existsSync(file)).toBe(false);
  });
});

describe("a certificate or a key that cannot be used", () => {
  const CERT =
    'listen option "tls.cert" must be a certificate as PEM text that begins with -----BEGIN CERTIFICATE-----, got';
  const KEY =
    'listen option "tls.key" must be an unencrypted private key as PEM text, such as one that begins with -----BEGIN PRIVATE KEY-----, got';
  const made = Promise.all([1, 2].map(() => throwAwayCertificate(["a"], Date.now())));

  it.each<[string, (cert?: string, key?: string, otherKey?: string) => unknown, string]>([
    ["neither", () => null, `${CERT} undefined`],
    ["only text", (_, key) => key, `${CERT} undefined`],
    ["text that is not PEM", () => ({ cert: "x", key: "y" }), `${CERT} other text`],
    ["a broken certificate", (cert, key) => ({ cert: cert?.slice(0, 99), key }), `${CERT} other text`],
    ["no key", (cert) => ({ cert }), `${KEY} undefined`],
    ["a key that is a number", (cert) => ({ cert, key: 1 }), `${KEY} 1`],
    ["a broken key", (cert, key) => ({ cert, key: key?.slice(0, 99) }), `${KEY} other text`],
    [
      "the key of another certificate",
      (cert, _, key) => ({ cert, key }),
      'listen option "tls.key" must be the key of "tls.cert", got another one',
    ],
  ])("is named and not shown: %s", async (_, make, message) => {
    const [one, other] = await made;
    const tls = make(one?.cert, one?.key, other?.key) as never;
    await expect((await createSandbox()).listen({ tls })).rejects.toThrow(new TypeError(message));
  });
});
