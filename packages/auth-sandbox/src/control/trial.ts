import { mappedMembers } from "@org/auth-core/vendor";
import { tokenRequest } from "@org/auth-spec";
import type { Outcome, SandboxResponse } from "../messages.ts";
import type { Credentials } from "../request/credentials.ts";
import { resourceRequest } from "../vendor/resource.ts";
import type { RunningVendor } from "../vendor/vendor.ts";
import type { ServedOperation } from "../vendor/vendor-spec.ts";

/** A request that was sent, the response to it, and the tokens in the response. */
export interface Trial {
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  };
  /** Absent if a fault cut the connection. */
  readonly response?: SandboxResponse;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

/** Sends a request to the vendor, as if it had come over the network. */
export type Send = (vendor: RunningVendor, request: Request) => Promise<Outcome>;

/** Makes the token request of a grant as a client does, with these credentials, else with ones that the vendor accepts. */
export async function tryTokenRequest(
  vendor: RunningVendor,
  baseUrl: string,
  wanted: { readonly grant?: string; readonly credentials?: Credentials },
  send: Send,
): Promise<Trial> {
  const { operation, grant } = vendor.spec.grant(wanted.grant);
  const { grant: _, ...credentials } = wanted.credentials ?? vendor.api.credentials(grant.name);
  const request = tokenRequest(operation, grant, credentials, { baseUrl });
  const trial = await sent(vendor, request, send);
  return { ...trial, ...tokensIn(operation, trial) };
}

/** Calls the protected resource with a token, presented as the vendor's specification says. */
export function tryResource(
  vendor: RunningVendor,
  baseUrl: string,
  accessToken: string,
  send: Send,
): Promise<Trial> {
  const { security } = vendor.spec.operations[0];
  return sent(vendor, resourceRequest(baseUrl, accessToken, security, vendor.api.credentials()), send);
}

async function sent(vendor: RunningVendor, request: Request, send: Send): Promise<Trial> {
  const { method, url } = request;
  const body = await request.clone().text();
  const outcome = await send(vendor, request);
  return {
    request: { method, url, headers: Object.fromEntries(request.headers), body },
    ...(outcome !== "dropped" && { response: outcome }),
  };
}

/** The tokens in a successful response. */
function tokensIn(
  { success }: ServedOperation,
  { response }: Trial,
): Pick<Trial, "accessToken" | "refreshToken"> {
  if (response === undefined || response.status >= 300) return {};
  const { body, headers } = response;
  // Not the class Headers, which refuses an example that no header can carry.
  const found = mappedMembers(success.mapping, {
    body,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
  });
  const { access_token: accessToken, refresh_token: refreshToken } = found;
  return {
    ...(isText(accessToken) && { accessToken }),
    ...(isText(refreshToken) && { refreshToken }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
