import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import { requestLine, terminalPaint } from "./request-line.ts";
import { createSandbox } from "./sandbox.ts";
import { throwAwayCertificate } from "./server/throw-away-certificate.ts";

const USAGE = `Usage: auth-sandbox [options]

Serves the vendors' token endpoints on this machine, derived from their
specifications, and a console for browsers. Prints a line per request.

Options:
  --port <number>       TCP port; 0 takes any free one (default 4010)
  --host <address>      address to bind to (default 127.0.0.1)
  --lifetime <seconds>  lifetime of tokens (default: what each vendor's
                        example says)
  --tls <name>          serve https for this host name, such as a container's,
                        and for loopback, with a certificate from a CA that is
                        made for this run; may be given several times
  --ca-file <path>      where --tls writes the CA's certificate, for callers to
                        trust (default: in a temporary directory)
  --quiet               do not print requests
  --help                print this
  --version             print the version

Environment:
  NO_COLOR              print without colours

Examples:
  auth-sandbox --port 0 --lifetime 5
  auth-sandbox --host 0.0.0.0 --tls sandbox --ca-file /ca/sandbox.pem
`;

// Whoever reads the output may have seen enough, as `head` has; the sandbox goes on.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const message = error instanceof Error ? error.message : String(error);
  // Invalid arguments: node:util's own errors, and the sandbox's.
  const misused = error instanceof TypeError;
  if (code === "EADDRINUSE")
    complain(`port ${port} is in use; choose another with --port, or --port 0 for any free one`);
  else complain(misused ? `${message}\n\n${USAGE}` : message);
  process.exitCode = misused ? 2 : 1;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      lifetime: { type: "string" },
      tls: { type: "string", multiple: true, default: [] },
      "ca-file": { type: "string" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(USAGE);
  if (values.version) return print(`${packageVersion()}\n`);
  const sandbox = await createSandbox(
    values.lifetime === undefined ? {} : { lifetime: toNumber("--lifetime", values.lifetime) },
  );
  const tls = await trust(values.tls, values["ca-file"]);
  const names = Object.keys(sandbox.vendors);
  const room = Math.max(...names.map(({ length }) => length));
  const server = await sandbox.listen({
    port: toNumber("--port", values.port),
    host: values.host,
    ...(tls && { tls: { cert: tls.cert, key: tls.key } }),
    ...(!values.quiet && {
      onRequest: (request) => print(requestLine(request, new Date(), room, terminalPaint)),
    }),
  });
  // Before it says that it listens, since a caller may end it then.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
  const { port } = new URL(server.url);
  const urls = [server.url, ...values.tls.map((name) => `https://${name}:${port}`)];
  print(`auth-sandbox listens on ${urls.join(" and ")}\n`);
  print(names.map((name) => `  ${server.url}/${name}\n`).join(""));
  print(`Console, and URLs, credentials and examples as text: ${server.url}/\n`);
  if (tls) print(howToTrust(tls.caFile));
}

/** Makes a certificate and writes its CA to a file, if there are names to make one for. */
async function trust(hosts: readonly string[], path: string | undefined) {
  if (hosts.length === 0) {
    if (path === undefined) return undefined;
    throw new TypeError("--ca-file needs --tls, such as --tls localhost");
  }
  const wrong = hosts.find((host) => !/^[\w.:-]+$/.test(host));
  if (wrong !== undefined) throw new TypeError(`--tls must be a host name such as "sandbox", got "${wrong}"`);
  const { cert, key, ca } = await throwAwayCertificate(hosts, Date.now());
  const caFile = path === undefined ? join(temporaryFolder(), "ca.pem") : resolve(path);
  writeFileSync(caFile, ca);
  return { cert, key, caFile };
}

/** A folder that is removed with this process. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "auth-sandbox-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  return folder;
}

function howToTrust(file: string): string {
  return `
Callers have to trust the certificate of this run's CA:
  Node.js, Bun  NODE_EXTRA_CA_CERTS=${file}
  Deno          DENO_CERT=${file}
  Python        SSL_CERT_FILE=${file}
  curl          --cacert ${file}

`;
}

function toNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new TypeError(`${option} must be a whole number, got "${text}"`);
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL("package.json", PACKAGE_FOLDER), "utf8")).version;
}

function print(text: string): void {
  process.stdout.write(text);
}

function complain(message: string): void {
  process.stderr.write(`auth-sandbox: ${message}\n`);
}
