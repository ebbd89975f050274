import { credentialsOf, type Grant, readTokenOperations, type TokenOperation } from "@org/auth-spec";
import { listVendors, pascalCase, readSpecification } from "@org/vendors";

/** What has to be escaped somewhere: in a URL, a form, JSON, HTML or a regular expression. */
const AWKWARD = `a/b+c=d&e"f<g>'h%i\\j$k l`;

/** A vendor with one of its grants, all credentials given and a marker in each secret one. */
export type Marked = (typeof MARKED)[number];

/** Every vendor with each of its grants. */
export const MARKED = listVendors().flatMap((vendor) => {
  const { operations } = readTokenOperations(readSpecification(vendor).document);
  const all = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  return all.map(({ operation, grant }) => {
    const choice = all.length > 1 ? { grant: grant.name } : {};
    return {
      vendor: vendor.slug,
      grant,
      operation,
      credentials: { ...choice, ...markedFor(grant) } as Record<string, string>,
    };
  });
});

/** The part of a secret that every encoding but base64 leaves as it is. */
export function markerOf(name: string): string {
  return `MARK${name}KRAM`;
}

/** A secret with a marker in its middle. */
export function secret(name: string): string {
  return `${AWKWARD}${markerOf(name)}${AWKWARD}`;
}

function markedFor(grant: Grant): Record<string, string> {
  const shown = grant.examples[0]?.credentials;
  return Object.fromEntries(
    credentialsOf(grant).map(({ name, secret: isSecret, default: preset }) => [
      name,
      isSecret ? secret(pascalCase(name)) : (shown?.[name] ?? preset ?? `public-${name}`),
    ]),
  );
}

/** The body of a token response as the vendor's first example shows it, with members of RFC 6749 in the places that it has for them. */
export function tokenResponse(
  { success }: TokenOperation,
  members: { access_token: unknown; refresh_token?: string; expires_in?: number },
): unknown {
  const { expires_in: lifetime } = members;
  const expiresAt = lifetime && new Date(Date.now() + lifetime * 1000).toISOString();
  const values: Readonly<Record<string, unknown>> = { ...members, expires_at: expiresAt };
  const [example] = Object.values(success.examples);
  return Object.entries(success.mapping).reduce<unknown>((body, [name, expression]) => {
    const isHere = typeof expression === "string" && values[name] !== undefined;
    return isHere ? replaced(body, expression.split("/").slice(1), values[name]) : body;
  }, example);
}

/** A value with the one that a path leads to replaced; text on the way is JSON. */
function replaced(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (typeof value === "string")
    return JSON.stringify(replaced(JSON.parse(value), [key, ...rest], replacement));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, replacement) };
}
