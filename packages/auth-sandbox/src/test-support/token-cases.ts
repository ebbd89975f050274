import { bundledVendorSpecs } from "../bundled-specs.ts";
import { type ExampleRequest, exampleRequest } from "../example-request.ts";
import type { SandboxVendor } from "../vendor-api.ts";
import type { TokenOperation } from "../vendor-spec.ts";

/** One way to ask a vendor for a token: a grant in a media type. */
export interface TokenCase {
  readonly vendor: string;
  readonly grant: string;
  readonly mediaType: string | undefined;
  readonly operation: TokenOperation;
  /** The specification's example request with credentials that the sandbox's vendor accepts, some of them replaced. */
  request(vendor: SandboxVendor, replaced?: Record<string, string>): ExampleRequest;
}

/** Every grant in every media type of every vendor that the package carries. */
export async function tokenCases(): Promise<TokenCase[]> {
  return (await bundledVendorSpecs()).flatMap((spec) =>
    spec.operations.flatMap((operation) =>
      operation.grants.flatMap((grant) =>
        (operation.mediaTypes.length > 0 ? operation.mediaTypes : [undefined]).map((mediaType) => ({
          vendor: spec.name,
          grant: grant.grant,
          mediaType,
          operation,
          request: (vendor: SandboxVendor, replaced = {}) =>
            exampleRequest(operation, grant, { ...vendor.credentials(grant.grant), ...replaced }, mediaType),
        })),
      ),
    ),
  );
}

/** The first case of each vendor. */
export async function oneCasePerVendor(): Promise<TokenCase[]> {
  const cases = await tokenCases();
  return cases.filter(({ vendor }, index) => cases.findIndex((one) => one.vendor === vendor) === index);
}

/** Sends a request to a base URL. */
export function send(
  fetch: typeof globalThis.fetch,
  baseUrl: string,
  { method, path, headers, body }: ExampleRequest,
  init: RequestInit = {},
): Promise<Response> {
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
