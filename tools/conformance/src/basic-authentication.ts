import type { OpenApi, Operation } from "./openapi.ts";
import type { CredentialField, Grant } from "./token-operation.ts";

/** The two parts of HTTP Basic authentication as places for credentials; none where an operation does not ask for it. */
export function basicFields({ components }: OpenApi, { security = [] }: Operation): CredentialField[] {
  const names = security.flatMap((requirement) => Object.keys(requirement));
  const schemes = names.map((name) => components?.securitySchemes?.[name]);
  const parts = schemes.find((scheme) => scheme?.scheme === "basic")?.["x-credential"];
  if (!parts) return [];
  return [
    { ...BASIC, credential: parts.username, name: "username", secret: false },
    { ...BASIC, credential: parts.password, name: "password", secret: true },
  ];
}

const BASIC = { in: "basic", required: true, default: undefined } as const;

/** The `Authorization` header with some credentials, as RFC 6749 section 2.3.1 makes it; nothing where none of them goes there. */
export function basicHeader(
  { fields }: Grant,
  credentials: Readonly<Record<string, string>>,
): { Authorization?: string } {
  const parts = fields
    .filter((field) => field.in === "basic")
    .map(({ credential }) => credentials[credential]);
  if (parts.length === 0) return {};
  const encoded = parts.map((part = "") => encodeURIComponent(part).replaceAll("%20", "+"));
  return { Authorization: `Basic ${Buffer.from(encoded.join(":")).toString("base64")}` };
}
