import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentVariable } from "@org/vendors";
import type { Consumer } from "./consumer-programs.ts";
import type { Node } from "./nodes.ts";
import { run } from "./run.ts";

const VENDOR = "conomy";

/**
 * Uses `vendor-token` of the installed @org/auth-cli against the consumer's sandbox; answers what it did.
 *
 * @throws {Error} when a token is not cached, a call is not authorized, or a command ends with something else than 0.
 */
export async function useCommand(
  { folder }: Consumer,
  { binary, version }: Node,
  facts: string,
): Promise<string> {
  const { url, credentials } = JSON.parse(facts);
  const secrets = Object.entries<string>(credentials[VENDOR]).map(([name, value]) => [
    environmentVariable(VENDOR, name),
    value,
  ]);
  const cache = mkdtempSync(join(tmpdir(), "vendor-token-"));
  const env = { ...Object.fromEntries(secrets), XDG_CACHE_HOME: cache, NO_COLOR: "1" };
  const script = join(folder, "node_modules/@org/auth-cli/bin/vendor-token.js");
  const baseUrl = `${url}/${VENDOR}`;
  const command = (...words: string[]) => run(binary, [script, ...words], { cwd: folder, env });

  const first = await command("get", VENDOR, "--base-url", baseUrl);
  const second = await command("get", VENDOR, "--base-url", baseUrl);
  if (first.trim() === "" || first !== second) throw new Error("expected get to print one token twice");
  const called = await command("curl", "--base-url", baseUrl, VENDOR, `${baseUrl}/whoami`, "-sS");
  if (JSON.parse(called).vendor !== VENDOR)
    throw new Error(`expected an authorized call, found ${called.slice(0, 200)}`);
  const status = await command("status");
  if (!status.startsWith(`${VENDOR}: valid until`) || status.includes(first.trim())) {
    throw new Error("expected status to say until when the token is valid, and no token");
  }
  await command("check", VENDOR, "--base-url", baseUrl);
  return `on ${version}`;
}
