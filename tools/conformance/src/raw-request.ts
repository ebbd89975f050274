import { basicHeader } from "./basic-authentication.ts";
import type { RequestExample } from "./request-example.ts";
import type { CredentialField, TokenOperation } from "./token-operation.ts";

/** Sends an example request without the package under test, leaving one credential out. */
export function sendRaw(
  baseUrl: string,
  { method, path }: TokenOperation,
  { grant, mediaType, credentials, body }: RequestExample,
  without?: CredentialField,
): Promise<Response> {
  const headers = new Headers(mediaType === undefined ? {} : { "Content-Type": mediaType });
  const query = new URLSearchParams();
  const { Authorization } = without?.in === "basic" ? {} : basicHeader(grant, credentials);
  if (Authorization !== undefined) headers.set("Authorization", Authorization);
  const members = { ...body };
  let url = baseUrl + path;
  for (const { credential, in: place, name } of grant.fields) {
    const value = credentials[credential] ?? "";
    if (place === "path") url = url.replace(`{${name}}`, encodeURIComponent(value));
    if (place === "query" && credential !== without?.credential) query.set(name, value);
    if (place === "header" && credential !== without?.credential) headers.set(name, value);
    if (place === "body" && credential === without?.credential) delete members[name];
  }
  if (query.size > 0) url += `?${query}`;
  const isForm = mediaType === "application/x-www-form-urlencoded";
  const text = isForm ? new URLSearchParams(members).toString() : JSON.stringify(members);
  return fetch(url, { method: method.toUpperCase(), headers, ...(body && { body: text }) });
}
