import {
  exampleServer,
  type Grant,
  problemList,
  readTokenOperations,
  type TokenOperation,
} from "@org/auth-spec";
import type { SandboxRequest } from "../messages.ts";
import { quoted } from "../option-check.ts";
import { literalLength, pathParameters } from "../request/path-template.ts";
import { createRequestCheck, type RequestCheck } from "../request/request-check.ts";
import { readTokenSample, type TokenSample } from "../response/token-response.ts";

/** A parsed OpenAPI 3.1 document, as a YAML or JSON parser returns it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** An operation that issues tokens, with everything needed to serve it. */
export interface ServedOperation extends TokenOperation {
  readonly sample: TokenSample;
  readonly check: RequestCheck;
}

/** A vendor's specification as the sandbox serves it. */
export interface VendorSpec {
  readonly name: string;
  /** Base URLs, the one to prefer first. */
  readonly servers: readonly [string, ...string[]];
  readonly operations: readonly [ServedOperation, ...ServedOperation[]];
  /**
   * A grant by its name, the first one by default, and the operation that takes it.
   *
   * @throws TypeError that lists the grants if none has this name.
   */
  grant(name?: string): { readonly operation: ServedOperation; readonly grant: Grant };
  /** The token operation that a request is for, else the status to refuse it with. */
  route(request: SandboxRequest): ServedOperation | 404 | 405;
}

/**
 * Reads a vendor's specification.
 *
 * @throws {TypeError} that names the vendor and lists the problems of its specification.
 */
export function readVendorSpec(name: string, document: OpenApiDocument): VendorSpec {
  const { operations, problems } = readTokenOperations(document);
  const [first, ...others] = operations;
  if (problems.length > 0 || !first) {
    throw new TypeError(`the specification of ${name} cannot be served:\n${problemList(problems)}`);
  }
  const served = [serve(name, first), ...others.map((operation) => serve(name, operation))] as const;
  const mostExactFirst = served.toSorted((a, b) => literalLength(b.path) - literalLength(a.path));
  return {
    name,
    servers: baseUrls(name, first),
    operations: served,
    grant(wanted) {
      const grants = served.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
      const found = wanted === undefined ? grants[0] : grants.find(({ grant }) => grant.name === wanted);
      if (found) return found;
      const valid = quoted(grants.map(({ grant }) => grant.name));
      throw new TypeError(`${name} has no grant "${wanted}"; valid ones are ${valid}`);
    },
    route({ method, path }) {
      const matching = mostExactFirst.filter((operation) => pathParameters(operation.path, path));
      const status = matching.length > 0 ? 405 : 404;
      return matching.find((operation) => operation.method === method) ?? status;
    },
  };
}

function serve(vendor: string, operation: TokenOperation): ServedOperation {
  try {
    return {
      ...operation,
      sample: readTokenSample(operation.success),
      check: createRequestCheck(operation),
    };
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`the specification of ${vendor} cannot be served: ${problem}`, { cause });
  }
}

function baseUrls(vendor: string, { servers }: TokenOperation): readonly [string, ...string[]] {
  const sandboxFirst = servers.toSorted(
    (a, b) => Number(b.name === "sandbox") - Number(a.name === "sandbox"),
  );
  const [first = `https://${vendor}.invalid`, ...others] = sandboxFirst.map(
    (server) => exampleServer(server).url,
  );
  return [first, ...others];
}
