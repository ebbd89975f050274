import {
  credentialHeaders,
  serializeBody,
  type TokenRequestInit,
  type TokenResponse,
} from "@org/auth-core/vendor";
import type { Grant } from "../request/grants.ts";
import type { RequestMember } from "../request/request-members.ts";
import type { TokenOperation } from "../token-operation.ts";
import { rulesOf } from "./credential-rules.ts";

/** Where token requests go, and how they are sent. */
export interface SpecClient {
  readonly baseUrl: string;
  readonly fetch: (request: Request, init?: RequestInit) => Promise<Response>;
  readonly headers: HeadersInit | undefined;
  /** Further members of `RequestInit`, including those that only this runtime has. */
  readonly init: RequestInit;
}

type Credentials = Readonly<Record<string, string | undefined>>;
type Sent = Pick<TokenOperation, "method" | "path" | "mediaTypes" | "success">;

/** Sends the request that a specification describes for a grant, and reads the response's body as text. */
export async function sendTokenRequest(
  client: SpecClient,
  operation: Sent,
  grant: Grant,
  credentials: Credentials,
  { middleware, headers: _, ...init }: TokenRequestInit,
): Promise<TokenResponse> {
  const { baseUrl, headers } = client;
  const request = tokenRequest(operation, grant, credentials, { ...client.init, ...init, baseUrl, headers });
  for (const { onRequest } of middleware) onRequest({ request });
  const response = await client.fetch(request, client.init);
  const text = await response.text();
  return response.ok ? { response, data: text } : { response, error: text };
}

/**
 * The token request that a specification describes for a grant, HTTP Basic authentication included.
 *
 * @param init - the URL below which the operation's path lies, and members of `RequestInit`. Headers add to those of the
 * specification, which win; a `Content-Type` chooses among its media types. Default: the first of them.
 */
export function tokenRequest(
  operation: Sent,
  grant: Grant,
  credentials: Credentials,
  {
    baseUrl,
    ...init
  }: Omit<RequestInit, "headers"> & {
    readonly baseUrl: string;
    readonly headers?: HeadersInit | undefined;
  },
): Request {
  const at = (place: RequestMember["in"]) =>
    grant.members
      .filter((member) => member.in === place)
      .map((member) => [member, sentValue(member, credentials)] as const)
      .filter(([, value]) => value !== undefined);
  const headers = new Headers({ Accept: operation.success.mediaTypes.join(", ") || "*/*" });
  const [mediaType] = operation.mediaTypes;
  if (mediaType !== undefined) headers.set("Content-Type", mediaType);
  for (const [name, value] of new Headers(init.headers)) headers.set(name, value);
  for (const [{ path }, value] of at("header")) headers.set(path[0], String(value));
  const own = credentialHeaders(rulesOf(grant), credentials).headers ?? {};
  for (const [name, value] of Object.entries(own)) headers.set(name, value);

  const path = at("path").reduce(
    (url, [{ path }, value]) => url.replaceAll(`{${path[0]}}`, encodeURIComponent(String(value))),
    operation.path,
  );
  const query = at("query").map(([{ path }, value]) => `${path[0]}=${encodeURIComponent(String(value))}`);
  const body = bodyOf(grant.members, credentials);
  return new Request(baseUrl + path + (query.length > 0 ? `?${query.join("&")}` : ""), {
    ...init,
    method: operation.method,
    headers,
    ...(body && { body: serializeBody(body, headers) }),
  });
}

/** The request body, or `undefined` if the grant has none. An optional object is sent only if it contains a credential. */
function bodyOf(members: readonly RequestMember[], credentials: Credentials): object | undefined {
  const inBody = members.filter((member) => member.in === "body");
  if (inBody.length === 0) return undefined;
  const body: Record<string, unknown> = {};
  for (const member of inBody) {
    const value = sentValue(member, credentials);
    const isSent = member.within === undefined || inBody.some((other) => isGivenWithin(other, member.within));
    if (value !== undefined && isSent) put(body, member.path, value);
  }
  return body;

  function isGivenWithin(other: RequestMember, object: readonly string[] = []): boolean {
    const isInside = object.every((key, index) => other.path[index] === key);
    return isInside && other.credential !== undefined && sentValue(other, credentials) !== undefined;
  }
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  const isLast = rest.length === 0;
  // An assignment would set the prototype if the key is `__proto__`.
  if (isLast || !Object.hasOwn(target, key)) {
    const stored = isLast ? value : {};
    Object.defineProperty(target, key, {
      value: stored,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  }
  if (!isLast) put(target[key] as Record<string, unknown>, rest, value);
}

function sentValue({ constant, credential }: RequestMember, credentials: Credentials): unknown {
  return credential ? (credentials[credential.name] ?? credential.default) : constant;
}
