import type { ResponseMappings, TokenEndpoint, VendorServer } from "@org/auth-core/vendor";
import type { TokenOperation } from "../token-operation.ts";
import { rulesOf } from "./credential-rules.ts";
import { type SpecClient, sendTokenRequest } from "./send-token-request.ts";

/** Credentials by name, with a `grant` if there are several. */
export type SpecCredentials = Readonly<Record<string, string | undefined>>;

/** The token endpoint that operations describe, in the form that `auth-core/vendor` takes. */
export function tokenEndpointOf(
  vendor: string,
  operations: readonly TokenOperation[],
): TokenEndpoint<SpecClient, SpecCredentials> {
  const all = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  return {
    vendor,
    grants: Object.fromEntries(
      all.map(({ grant, operation }) => [grant.name, rulesOf(grant, operation.security)]),
    ),
    responses: Object.fromEntries(all.map(({ grant, operation }) => [grant.name, mappingsOf(operation)])),
    send(client, credentials, init) {
      const [first] = all;
      const found = all.length === 1 ? first : all.find(({ grant }) => grant.name === credentials.grant);
      if (!found) throw new TypeError(`${vendor}: no operation for the grant ${credentials.grant}`);
      const { operation, grant } = found;
      return sendTokenRequest(headersFor(operation, operations, client), operation, grant, credentials, init);
    },
  };
}

/** The client, without a `Content-Type` that another operation lists and this one does not. */
function headersFor(
  { mediaTypes }: TokenOperation,
  operations: readonly TokenOperation[],
  client: SpecClient,
): SpecClient {
  const headers = new Headers(client.headers);
  const chosen = headers.get("content-type") ?? "";
  const isOthers =
    operations.some((other) => other.mediaTypes.includes(chosen)) && !mediaTypes.includes(chosen);
  if (!isOthers) return client;
  headers.delete("content-type");
  return { ...client, headers };
}

/** The servers of an operation, in the form that `auth-core/vendor` takes. */
export function serversOf({ servers }: Pick<TokenOperation, "servers">): Record<string, VendorServer> {
  return Object.fromEntries(
    servers.map(({ name, url, apiUrl, variables }): [string, VendorServer] => [
      name,
      {
        url,
        ...(apiUrl !== url && { apiUrl }),
        ...(variables.length > 0 && {
          variables: Object.fromEntries(
            variables.map(({ name: variable, description: _, ...rule }) => [variable, rule]),
          ),
        }),
      },
    ]),
  );
}

/** How the responses of an operation are read. */
export function mappingsOf({ success, refusals }: TokenOperation): ResponseMappings {
  const mapped = refusals.filter(({ mappings }) => mappings.length > 0);
  return {
    token: success.mapping,
    errors: Object.fromEntries(mapped.map(({ status, mappings }) => [status, mappings])),
  };
}
