import { spawnSync } from "node:child_process";
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Credential, credentialsOf, type SpecCredentials } from "@org/auth-spec";
import type { CommandLine } from "./command-line.ts";
import { EXIT, Problem, unknown } from "./problem.ts";
import type { Target } from "./target.ts";

/** Where credentials come from. The name of a cached token depends on the source only, never on a value. */
export interface CredentialsSource {
  /** Such as `"the environment: ACME_CLIENT_ID, ACME_CLIENT_SECRET"`. */
  readonly description: string;
  /**
   * Reads them.
   *
   * @param spent - names of credentials that may be missing, since they were used up for a login that continues
   * @throws {Problem} that says what is missing, without any value.
   */
  read(spent: readonly string[]): SpecCredentials;
}

const EXAMPLE = '{ "clientId": "...", "clientSecret": "..." }';

/** The source that the command line names, by default the environment. */
export function credentialsSource(target: Target, line: CommandLine): CredentialsSource {
  const file = line.value("credentials-file");
  const command = line.value("credentials-command");
  if (file !== undefined && command !== undefined)
    throw new Problem("expected --credentials-file or --credentials-command, received both");
  const credentials = credentialsOf(target.grant);
  if (command !== undefined) {
    const description = `the command: ${command}`;
    return {
      description,
      read: (spent) => complete(target, description, parsed(output(command), description), spent),
    };
  }
  if (file !== undefined) {
    const path = resolve(file);
    const description = `the file ${path}`;
    return {
      description,
      read: (spent) => complete(target, description, parsed(privateText(path), description), spent),
    };
  }
  const variable = (name: string) => environmentVariable(target.vendor, name);
  return {
    description: `the environment: ${credentials.map(({ name }) => variable(name)).join(", ")}`,
    read: (spent) => {
      const set = credentials.map(({ name }) => [name, process.env[variable(name)]] as const);
      const given = Object.fromEntries(set.filter(([, value]) => value !== undefined && value !== ""));
      return complete(target, "the environment", given, spent, variable);
    },
  };
}

/** The variable that holds a vendor's credential, such as `"STONEX_CLIENT_ID"`. */
export function environmentVariable(vendor: string, credential: string): string {
  return `${vendor}_${credential.replace(/[A-Z]/g, "_$&")}`
    .replaceAll("-", "_")
    .replace(/^\d/, "v$&")
    .toUpperCase();
}

/** @throws {Problem} that lists what was looked for, if anything is missing. */
function complete(
  { vendor, grant, hasSeveralGrants }: Target,
  where: string,
  given: Readonly<Record<string, unknown>>,
  spent: readonly string[],
  shown: (name: string) => string = (name) => name,
): SpecCredentials {
  const credentials = credentialsOf(grant);
  const { grant: named = grant.name, ...values } = given;
  if (named !== grant.name)
    throw new Problem(
      `${where}: expected the grant ${grant.name}, as on the command line, received another one`,
    );
  const names = credentials.map(({ name }) => name);
  for (const [name, value] of Object.entries(values)) {
    if (!names.includes(name)) throw unknown(`member of ${where}`, name, names);
    if (typeof value !== "string" || value === "")
      throw new Problem(`${where}: expected "${name}" to be non-empty text`);
  }
  const isMissing = ({ name, required }: Credential) => required && !Object.hasOwn(values, name);
  const missing = credentials.filter(isMissing).map(({ name }) => name);
  const lacking = missing.filter((name) => !spent.includes(name));
  if (lacking.length > 0) {
    const optional = credentials.filter(({ required }) => !required).map(({ name }) => shown(name));
    throw new Problem(
      `${vendor}: missing credentials: ${lacking.map(shown).join(", ")}
They were looked for in ${where}.${optional.length > 0 ? ` Optional: ${optional.join(", ")}.` : ""}
Credentials come from the environment, --credentials-file or --credentials-command.`,
    );
  }
  return {
    ...Object.fromEntries(missing.map((name) => [name, USED_UP])),
    ...(values as SpecCredentials),
    ...(hasSeveralGrants && { grant: grant.name }),
  };
}

/** Stands for a used-up credential; the stored refresh token is sent instead. */
const USED_UP = "used-up";

function parsed(text: string, source: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Not shown, since a parser quotes text that it cannot parse.
  }
  throw new Problem(
    `${source}: expected a JSON object such as ${EXAMPLE}, received something else (not shown)`,
  );
}

/** The text of a file or a pipe. */
function privateText(path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw new Problem(`--credentials-file: ${error instanceof Error ? error.message : error}`);
  }
  try {
    const mode = fstatSync(file).mode & 0o777;
    // Windows has no such modes.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new Problem(
        `--credentials-file: expected a file that only its owner can read, received ${path} with mode ${mode.toString(8)}: chmod 600 it`,
      );
    }
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function output(command: string): string {
  // Standard input is for the program that uses the token, such as curl.
  const { status, stdout, error } = spawnSync(command, { shell: true, stdio: ["ignore", "pipe", "inherit"] });
  if (error) throw new Problem(`--credentials-command: ${error.message}`, EXIT.failure);
  if (status === 0) return stdout.toString("utf8");
  throw new Problem(
    `--credentials-command: expected exit code 0, received ${status ?? "a signal"}`,
    EXIT.failure,
  );
}
