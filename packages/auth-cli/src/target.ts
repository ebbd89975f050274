import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { resolve } from "node:path";
import {
  type Grant,
  problemList,
  readTokenOperations,
  type TokenOperation,
  vendorSlug,
} from "@org/auth-spec";
import type { CommandLine } from "./command-line.ts";
import { Problem, unknown } from "./problem.ts";

const SPECS = new URL("../specs/", import.meta.url);

/** Whose token to get, and by which grant. */
export interface Target {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** The specification file that was named instead of a vendor. */
  readonly file: string | undefined;
  readonly document: unknown;
  readonly operation: TokenOperation;
  readonly grant: Grant;
  readonly hasSeveralGrants: boolean;
}

/** The vendors whose specifications are in the package. */
export function bundledVendors(): string[] {
  return readdirSync(SPECS)
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
}

/**
 * Reads the specification of a vendor that is known by name, or a file.
 *
 * @throws {Problem} for an unknown vendor or grant, with the valid ones, and a specification that cannot be read or has problems.
 */
export async function readTarget(name: string, line: CommandLine): Promise<Target> {
  const known = bundledVendors();
  const file = isPath(name) ? realPath(name) : undefined;
  if (file === undefined && !known.includes(name)) {
    throw new Problem(
      `unknown vendor "${name}": expected one of ${known.join(", ")}, or a specification file such as ./acme.yaml`,
    );
  }
  const document = await readDocument(file ?? new URL(`${name}.json`, SPECS), name);
  const { operations, problems } = readTokenOperations(document);
  if (problems.length > 0) throw new Problem(`${name} has problems:\n${problemList(problems)}`);
  const all = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  const names = all.map(({ grant }) => grant.name);
  const wanted = line.value("grant") ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined)
    throw new Problem(`${name} has several grants: pass --grant with one of ${names.join(", ")}`);
  const chosen = all.find(({ grant }) => grant.name === wanted);
  if (!chosen) throw unknown(`grant of ${name}`, wanted, names);
  if (chosen.operation.security?.mutualTLS) {
    throw new Problem(`${name} requires a client certificate (mutualTLS), which vendor-token cannot present`);
  }
  const vendor = file === undefined ? name : vendorSlug(document);
  return { vendor, file, document, ...chosen, hasSeveralGrants: names.length > 1 };
}

/** Whether a name means a file and not a vendor. */
export function isPath(name: string): boolean {
  return /[/\\]|\.(ya?ml|json)$/.test(name);
}

/** An absolute path, without links if it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

async function readDocument(file: string | URL, name: string): Promise<unknown> {
  try {
    const text = readFileSync(file, "utf8");
    // Loaded only when needed, since the parser takes longer to load than the rest of a run.
    return String(file).endsWith(".json") ? JSON.parse(text) : (await import("yaml")).parse(text);
  } catch (error) {
    throw new Problem(
      `${name}: expected a YAML or JSON file: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** Where a target's token is requested, and where it may go. */
export interface ServerChoice {
  readonly server: string | undefined;
  readonly baseUrl: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The chosen server; errors use the names of the command line.
 *
 * @throws {Problem} for an unknown or missing one, with the valid ones.
 */
export function chosenServer({ vendor, operation }: Target, line: CommandLine): ServerChoice {
  const names = operation.servers.map(({ name }) => name);
  const server = line.value("server");
  const baseUrl = line.value("base-url");
  if (server !== undefined) {
    if (names.length === 0)
      throw new Problem(`${vendor} publishes no host: pass --base-url instead of --server`);
    if (!names.includes(server)) throw unknown(`server of ${vendor}`, server, names);
  } else if (baseUrl === undefined && names.length !== 1) {
    throw new Problem(
      names.length === 0
        ? `${vendor} publishes no host: pass --base-url, such as --base-url https://api.example.com`
        : `${vendor} has several servers: pass --server with one of ${names.join(", ")}, or --base-url`,
    );
  }
  const variables = line.values("variable").map((text) => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new Problem("--variable: expected a name and a value, as in --variable tenant=acme");
    return [name, value] as const;
  });
  return { server, baseUrl, variables: Object.fromEntries(variables) };
}
