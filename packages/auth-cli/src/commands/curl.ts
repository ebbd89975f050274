import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { AccessToken } from "@org/auth-core";
import { type AuthorizedCall, authorizedCall } from "../authorization.ts";
import type { CommandLine } from "../command-line.ts";
import { explained, Problem } from "../problem.ts";
import { complain } from "../terminal.ts";
import type { VendorTokens } from "../vendor-tokens.ts";
import { checkCurlArguments, curlOptions } from "./curl-arguments.ts";

const STAND_IN = new AccessToken({ accessToken: "stand-in", expiresAt: Number.MAX_SAFE_INTEGER });

/**
 * Makes an authorized request with the real curl, and resolves to its exit code.
 *
 * The token reaches curl in a file without a name, which only these two processes have open: it is not in an argument, in a
 * variable or on standard input. A cached token that the API refuses is renewed for the next call.
 */
export async function curl(tokens: VendorTokens, line: CommandLine): Promise<number> {
  if (process.platform === "win32")
    throw new Problem("curl: expected a system with /dev/fd, such as Linux or macOS");
  const [, wanted = ""] = line.operands;
  const known = curlOptions();
  const checkedFor = ({ url, headers }: AuthorizedCall) => {
    const carriers = headers.map(([name]) => name);
    return checkCurlArguments(line.rest, known, url, carriers);
  };
  // With a stand-in first, so that nothing is requested for a call that is refused.
  checkedFor(await authorizedCall({ ...tokens, peek: () => STAND_IN }, wanted));
  const call = await authorizedCall(tokens, wanted);
  const given = checkedFor(call);
  const { url, headers } = call;
  const secret = namelessFile(headers.map(([name, value]) => `${name}: ${value}\n`).join(""));
  const received = namelessFile("");
  try {
    const isDumped = given.some(({ name }) => name === "dump-header");
    const exitCode = await run(
      [
        // A ~/.curlrc may contain anything, such as another URL.
        "--disable",
        ...line.rest,
        // Over http the token stays on this machine, whatever proxy is set; over https it is not redirected to http.
        ...(url.startsWith("http:") ? ["--noproxy", "*"] : ["--proto-redir", "=https"]),
        ...(isDumped ? [] : ["--dump-header", "/dev/fd/4"]),
        "--header",
        "@/dev/fd/3",
        "--url",
        url,
      ],
      [secret, received],
    );
    if (isRefused(textOf(received))) await renew(tokens);
    return exitCode;
  } finally {
    closeSync(secret);
    closeSync(received);
  }
}

async function run(args: readonly string[], files: readonly number[]): Promise<number> {
  const child = spawn("curl", args, { stdio: ["inherit", "inherit", "inherit", ...files] });
  // The terminal sends Ctrl-C to curl as well, whose exit code is passed on.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return code ?? 128 + (signal ? constants.signals[signal] : 0);
}

/** Whether the last response, after redirects, is a 401. */
function isRefused(headers: string): boolean {
  return (
    headers
      .match(/^HTTP\/\S+ \d+/gm)
      ?.at(-1)
      ?.endsWith(" 401") === true
  );
}

async function renew(tokens: VendorTokens): Promise<void> {
  if (tokens.isNew()) return complain("the API refused a token that was just issued (401)");
  try {
    await tokens.getToken({ forceRenew: true });
    complain("the API refused the cached token (401). A new one is cached: run the command again.");
  } catch (error) {
    complain(
      `the API refused the cached token (401), and no new one was issued.\n${explained(error, tokens.source).text}`,
    );
  }
}

/** A file that only its owner may open and, since its name is removed immediately, nobody else ever can. */
function namelessFile(text: string): number {
  const path = join(tmpdir(), `vendor-token-${randomUUID()}`);
  const file = openSync(path, "wx+", 0o600);
  unlinkSync(path);
  // At a position, so that a process that shares the file reads it from its start.
  writeSync(file, text, 0);
  return file;
}

function textOf(file: number): string {
  const bytes = Buffer.alloc(fstatSync(file).size);
  readSync(file, bytes, 0, bytes.length, 0);
  return bytes.toString("latin1");
}
