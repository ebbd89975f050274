import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { createSandbox } from "./sandbox.ts";

const USAGE = `Usage: auth-sandbox [options]

Serves the vendors' token endpoints on this machine, derived from their specifications.

Options:
  --port <number>       TCP port; 0 takes any free one (default 4010)
  --host <address>      address to bind to (default 127.0.0.1)
  --lifetime <seconds>  life of every token (default: what each vendor's example says)
  --help                print this
  --version             print the version
`;

try {
  await main(process.argv.slice(2));
} catch (error) {
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  const message = error instanceof Error ? error.message : String(error);
  // What the user typed is at fault: node:util's own complaints, and the sandbox's.
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
      help: { type: "boolean", default: false },
      version: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(USAGE);
  if (values.version) return print(`${packageVersion()}\n`);
  const sandbox = await createSandbox(
    values.lifetime === undefined ? {} : { lifetime: toNumber("--lifetime", values.lifetime) },
  );
  const server = await sandbox.listen({ port: toNumber("--port", values.port), host: values.host });
  const vendors = Object.keys(sandbox.vendors).map((name) => `  ${server.url}/${name}\n`);
  print(
    `auth-sandbox listens on ${server.url}\n${vendors.join("")}URLs, credentials and examples: ${server.url}/\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
}

function toNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new TypeError(`${option} must be a whole number, got "${text}"`);
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;
}

function print(text: string): void {
  process.stdout.write(text);
}

function complain(message: string): void {
  process.stderr.write(`auth-sandbox: ${message}\n`);
}
