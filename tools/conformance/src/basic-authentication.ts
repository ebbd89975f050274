import type { Grant } from "./token-operation.ts";

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
