import { type Document, OpenAPIBackend } from "openapi-backend";
import { type GrantSpec, readGrants } from "./credential-fields.ts";
import { type AcceptedCredentials, acceptedCredentials } from "./credentials.ts";
import type { SandboxRequest } from "./messages.ts";
import type { OpenApiDocument, Operation, SecurityScheme } from "./openapi.ts";
import { type RefusalSpec, readRefusals } from "./refusal.ts";
import { createRequestCheck, type RequestCheck } from "./request-check.ts";
import { readSuccess, type SuccessSpec } from "./success.ts";

/** An operation that issues tokens, with everything the sandbox needs to serve it. */
export interface TokenOperation {
  readonly method: string;
  readonly path: string;
  readonly mediaTypes: readonly string[];
  readonly grants: readonly GrantSpec[];
  readonly success: SuccessSpec;
  readonly refusals: RefusalSpec;
  readonly check: RequestCheck;
  readonly source: Operation;
}

/** A vendor's specification as the sandbox reads it. */
export interface VendorSpec {
  readonly name: string;
  /** Base URLs, the one to prefer first. */
  readonly servers: readonly [string, ...string[]];
  readonly operations: readonly [TokenOperation, ...TokenOperation[]];
  /** What all of its operations accept. */
  readonly accepted: AcceptedCredentials;
  /** The token operation that a request addresses, else the status to refuse it with. */
  route(request: SandboxRequest): TokenOperation | 404 | 405;
}

/**
 * Reads specifications by vendor.
 *
 * @throws TypeError that names the vendor and says what its specification lacks.
 */
export function readVendorSpecs(documents: Readonly<Record<string, OpenApiDocument>>): Promise<VendorSpec[]> {
  const read = Object.entries(documents).map(([name, document]) =>
    readVendorSpec(name, document).catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new TypeError(`the specification of ${name} can not be served: ${problem}`, { cause });
    }),
  );
  return Promise.all(read);
}

async function readVendorSpec(name: string, document: OpenApiDocument): Promise<VendorSpec> {
  const definition = document as unknown as Document;
  const backend = await new OpenAPIBackend({ definition, quick: true, strict: true, validate: false }).init();
  const sources = (backend.router.getOperations() as unknown as Operation[]).filter(
    (one) => "x-token-grant" in one,
  );
  const [first, ...others] = sources.map((source) => readOperation(backend, source));
  if (first === undefined) throw new TypeError("none of its operations has x-token-grant");
  const operations = [first, ...others] as const;
  return {
    name,
    servers: readServers(name, document),
    operations,
    accepted: acceptedCredentials(operations.flatMap(({ grants }) => grants)),
    route({ method, path, headers }) {
      const request = { method, path, headers: { ...headers } };
      try {
        const { operationId } = backend.router.matchOperation(request, true);
        return operations.find(({ source }) => source.operationId === operationId) ?? 404;
      } catch (error) {
        return error instanceof Error && error.message.startsWith("405") ? 405 : 404;
      }
    },
  };
}

function readOperation(backend: OpenAPIBackend, source: Operation): TokenOperation {
  const { method, path, operationId, requestBody } = source;
  if (operationId === undefined) throw new TypeError(`${method} ${path} must have an operationId`);
  return {
    method: method.toUpperCase(),
    path,
    source,
    mediaTypes: Object.keys(requestBody?.content ?? {}),
    grants: readGrants(source, schemesOf(backend.definition)),
    success: readSuccess(source),
    refusals: readRefusals(backend, source),
    check: createRequestCheck(backend.definition, source),
  };
}

function schemesOf({ components }: Document): Readonly<Record<string, SecurityScheme>> {
  return (components?.securitySchemes ?? {}) as Readonly<Record<string, SecurityScheme>>;
}

interface Server {
  readonly url: string;
  readonly "x-name"?: string;
  readonly variables?: Readonly<Record<string, { readonly default?: string }>>;
}

function readServers(name: string, document: OpenApiDocument): readonly [string, ...string[]] {
  const servers = (document.servers ?? []) as readonly Server[];
  const sandboxFirst = servers.toSorted(
    (a, b) => Number(b["x-name"] === "sandbox") - Number(a["x-name"] === "sandbox"),
  );
  const urls = sandboxFirst.map(({ url, variables }) =>
    url.replace(/\{([^}]+)\}/g, (_, variable: string) => variables?.[variable]?.default ?? ""),
  );
  const [first, ...others] = urls.filter((url) => URL.canParse(url)).map((url) => url.replace(/\/$/, ""));
  return first === undefined ? [`https://${name}.invalid`] : [first, ...others];
}
