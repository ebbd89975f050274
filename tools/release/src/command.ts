import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { environmentVariable } from "@org/vendors";
import { run } from "./processes.ts";
import { node } from "./runtimes.ts";

const VENDOR = "conomy";

/**
 * Uses `vendor-token` of the installed @org/auth-cli against the consumer's sandbox; returns what it did.
 *
 * @throws {Error} when a token is not cached, a call is not authorized, or a command exits with another code than 0.
 */
export async function useCommand(folder: string, nodeVersion: string, facts: string): Promise<string> {
  const { binary, version } = await node(nodeVersion);
  const { url, credentials } = JSON.parse(facts);
  const baseUrl = `${url}/${VENDOR}`;
  const env: Record<string, string> = {
    XDG_CACHE_HOME: mkdtempSync(join(folder, "vendor-token-")),
    NO_COLOR: "1",
  };
  for (const [name, value] of Object.entries<string>(credentials[VENDOR])) {
    env[environmentVariable(VENDOR, name)] = value;
  }
  const script = join(folder, "node_modules/@org/auth-cli/bin/vendor-token.js");
  const command = (...words: string[]) => run(binary, [script, ...words], { cwd: folder, env });

  const first = await command("get", VENDOR, "--base-url", baseUrl);
  const second = await command("get", VENDOR, "--base-url", baseUrl);
  if (first === "" || first !== second) throw new Error("expected get to print one token twice");
  const called = await command("curl", "--base-url", baseUrl, VENDOR, `${baseUrl}/whoami`, "-sS");
  if (JSON.parse(called).vendor !== VENDOR) {
    throw new Error(`expected an authorized call, found ${called.slice(0, 200)}`);
  }
  const status = await command("status");
  if (!status.startsWith(`${VENDOR}: valid until`) || status.includes(first)) {
    throw new Error("expected status to say until when the token is valid, and no token");
  }
  await command("check", VENDOR, "--base-url", baseUrl);
  return `on ${version}`;
}
