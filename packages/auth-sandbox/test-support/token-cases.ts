import { type Grant, tokenRequest } from "@org/auth-spec";
import { bundledVendorSpecs } from "../src/bundled-specs.ts";
import type { SandboxVendor } from "../src/vendor/vendor-api.ts";
import type { ServedOperation } from "../src/vendor/vendor-spec.ts";

/** A token request, ready to be sent to a base URL. */
export interface ExampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One way to ask a vendor for a token: a grant in a media type. */
export interface TokenCase {
  readonly vendor: string;
  readonly grant: string;
  readonly mediaType: string | undefined;
  readonly operation: ServedOperation;
  readonly members: Grant["members"];
  /** The specification's example request with credentials that the sandbox's vendor accepts, some of them replaced. */
  request(vendor: SandboxVendor, replaced?: Record<string, string>): Promise<ExampleRequest>;
}

const NOWHERE = "https://nowhere.invalid";

/**
 * Every grant in every media type of the bundled vendors with an ordinary token endpoint. The conformance suite of each client
 * tests what is particular to the others.
 */
export async function tokenCases(): Promise<TokenCase[]> {
  const ordinary = (await bundledVendorSpecs()).filter(({ operations }) => operations.every(isOrdinary));
  if (ordinary.length === 0) throw new Error("expected a bundled vendor with an ordinary token endpoint");
  return ordinary.flatMap((spec) =>
    spec.operations.flatMap((operation) =>
      operation.grants.flatMap((grant) =>
        (operation.mediaTypes.length > 0 ? operation.mediaTypes : [undefined]).map((mediaType) => ({
          vendor: spec.name,
          grant: grant.name,
          mediaType,
          operation,
          members: grant.members,
          async request(vendor: SandboxVendor, replaced = {}) {
            const credentials = { ...vendor.credentials(grant.name), ...replaced };
            const headers = mediaType === undefined ? {} : { "content-type": mediaType };
            const request = tokenRequest(operation, grant, credentials, { baseUrl: NOWHERE, headers });
            return {
              method: request.method,
              path: request.url.slice(NOWHERE.length),
              headers: Object.fromEntries(request.headers),
              body: await request.text(),
            };
          },
        })),
      ),
    ),
  );
}

/** Whether an operation is a POST that a client with an id gets a bearer token from, and any refresh tokens rotate. */
function isOrdinary({ method, mediaTypes, grants, security, success, sample }: ServedOperation): boolean {
  const lifetime = sample.paths.expires_in?.reduce<unknown>(
    (holder, key) => (holder as Record<string, unknown> | undefined)?.[key],
    Object.values(success.examples)[0],
  );
  return (
    method === "POST" &&
    mediaTypes.length > 0 &&
    security?.token === undefined &&
    typeof lifetime !== "string" &&
    grants.every(
      ({ name, members }) =>
        members.some(({ credential }) => credential?.name === "clientId") &&
        (name !== "refresh_token" || success.mapping.refresh_token !== undefined),
    )
  );
}

/** The first case of each vendor. */
export async function oneCasePerVendor(): Promise<TokenCase[]> {
  const cases = await tokenCases();
  return cases.filter(({ vendor }, index) => cases.findIndex((one) => one.vendor === vendor) === index);
}

/** Sends a request to a base URL. */
export async function send(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  request: ExampleRequest | Promise<ExampleRequest>,
  init: RequestInit = {},
): Promise<Response> {
  const { method, path, headers, body } = await request;
  return fetch(baseUrl + path, { method, headers: { ...headers }, ...(body !== "" && { body }), ...init });
}

/** Calls the protected resource. */
export function callResource(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  accessToken: string,
): Promise<Response> {
  return fetch(`${baseUrl}/whoami`, { headers: { authorization: `Bearer ${accessToken}` } });
}
