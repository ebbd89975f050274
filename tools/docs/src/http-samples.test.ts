import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createSandbox } from "@org/auth-sandbox";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpSamples } from "./http-samples.ts";
import { readVendors } from "./vendors.ts";

const run = promisify(execFile);

const requests = readVendors().flatMap(({ vendor, operations }) =>
  operations.flatMap((operation) =>
    operation.grants.flatMap((grant) =>
      operation.mediaTypes.map((mediaType) => ({
        name: `${vendor}, ${grant.name}, ${mediaType}`,
        vendor,
        operation,
        grant,
        mediaType,
      })),
    ),
  ),
);

describe.each(requests)("samples of $name", ({ operation, grant, mediaType }) => {
  it("never go to production, nor to a host that does not exist", async () => {
    const hosts = operation.servers.filter(({ name }) => name === "production").map(({ url }) => `${url}/`);
    for (const { language, source } of await httpSamples(operation, grant, { mediaType })) {
      const inSandbox = operation.servers.some(({ name, url }) => name === "sandbox" && source.includes(url));
      if (!inSandbox) for (const host of hosts) expect(source, language).not.toContain(host);
      expect(source, language).not.toMatch(/\.invalid|localhost/);
    }
  });

  it("contain what is sent in each language", async () => {
    const samples = await httpSamples(operation, grant, { mediaType });
    expect(samples.map(({ language }) => language)).toEqual([
      "curl",
      "JavaScript",
      "Python",
      "Go",
      "Rust",
      "C#",
      "Java",
      "PHP",
    ]);
    const sent = grant.members.filter(
      ({ in: place, credential }) => place !== "path" && credential?.required,
    );
    for (const { language, source } of samples)
      for (const { path } of sent) expect(source, language).toContain(path.at(-1));
  });
});

/** What runs the samples. */
const RUNTIMES = [
  { language: "curl", command: "sh", file: "sample.sh" },
  { language: "JavaScript", command: process.execPath, file: "sample.mjs" },
  { language: "Python", command: "python3", file: "sample.py" },
] as const;

/** Programs that it takes; OpenSSL makes the certificate of the sandbox. */
const PROGRAMS = [
  ["curl", "--version"],
  ["python3", "--version"],
  ["openssl", "version"],
] as const;

const missing = PROGRAMS.filter(([name, argument]) => spawnSync(name, [argument]).status !== 0).map(
  ([name]) => name,
);
if (missing.length > 0) console.warn(`samples are not run, since this machine lacks ${missing.join(", ")}`);

describe.skipIf(missing.length > 0 && !process.env.CI)("samples that are run against the sandbox", () => {
  let folder: string;
  let served: Awaited<ReturnType<Awaited<typeof sandboxed>["listen"]>>;
  const sandboxed = createSandbox();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "samples-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        ...subject,
        "-keyout",
        key,
        "-out",
        cert,
      ],
      { stdio: "pipe" },
    );
    // Samples speak https, as vendors do.
    const tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
    served = await (await sandboxed).listen({ port: 0, tls });
  });
  afterAll(async () => {
    await served?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(requests.flatMap((request) => RUNTIMES.map((runtime) => ({ ...request, ...runtime }))))(
    "$language: $name obtains a token",
    { timeout: 30_000 },
    async ({ vendor: slug, operation, grant, mediaType, language, command, file }) => {
      const vendor = (await sandboxed).vendor(slug);
      const samples = await httpSamples(operation, grant, {
        mediaType,
        baseUrl: `${served.url}/${slug}`,
        credentials: vendor.credentials(grant.name),
      });
      const program = join(folder, file);
      writeFileSync(program, samples.find((sample) => sample.language === language)?.source ?? "");
      vendor.resetCounts();
      const trusted = join(folder, "cert.pem");
      const trust = { CURL_CA_BUNDLE: trusted, NODE_EXTRA_CA_CERTS: trusted, SSL_CERT_FILE: trusted };
      await run(command, [program], { env: { ...process.env, ...trust } });
      expect(vendor.counts).toMatchObject({ tokenRequests: 1, tokensIssued: 1, refused: 0 });
    },
  );
});
