import { writeBasic } from "./basic-authentication.ts";
import type { GrantSpec } from "./credential-fields.ts";
import type { Credentials } from "./credentials.ts";
import { firstExample } from "./openapi.ts";
import type { TokenOperation } from "./vendor-spec.ts";

/** A token request, ready to be sent to a base URL. */
export interface ExampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The specification's own example of a token request, with these credentials in their places. */
export function exampleRequest(
  operation: TokenOperation,
  grant: GrantSpec,
  credentials: Credentials,
  mediaType: string | undefined = operation.mediaTypes[0],
): ExampleRequest {
  const headers: Record<string, string> = mediaType === undefined ? {} : { "content-type": mediaType };
  const query = new URLSearchParams();
  let { path } = operation;
  for (const parameter of operation.source.parameters ?? []) {
    const value = credentials[parameter["x-credential"] ?? ""] ?? firstExample(parameter);
    if (value === undefined) continue;
    if (parameter.in === "path")
      path = path.replace(`{${parameter.name}}`, encodeURIComponent(String(value)));
    if (parameter.in === "query") query.set(parameter.name, String(value));
    if (parameter.in === "header") headers[parameter.name] = String(value);
  }
  const basic = Object.fromEntries(
    grant.fields.flatMap(({ credential, in: place, name }) =>
      place === "basic" ? [[name, credentials[credential] ?? ""]] : [],
    ),
  );
  if (basic.username !== undefined && basic.password !== undefined) {
    headers.authorization = writeBasic({ username: basic.username, password: basic.password });
  }
  const body = { ...(grant.bodies[mediaType ?? ""] as Record<string, unknown> | undefined) };
  for (const { credential, in: place, name } of grant.fields) {
    if (place === "body" && credentials[credential] !== undefined) body[name] = credentials[credential];
  }
  const search = query.size > 0 ? `?${query}` : "";
  return { method: operation.method, path: path + search, headers, body: encoded(body, mediaType) };
}

function encoded(body: Readonly<Record<string, unknown>>, mediaType: string | undefined): string {
  if (Object.keys(body).length === 0) return "";
  if (mediaType !== "application/x-www-form-urlencoded") return JSON.stringify(body);
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)])).toString();
}
