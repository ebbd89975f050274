import { credentialsOf, type Grant, readTokenOperations, type TokenOperation } from "@org/auth-spec";
import { listVendors, pascalCase, readSpecification } from "@org/vendors";

/** What has to be escaped somewhere: in a URL, a form, JSON, HTML or a regular expression. */
const AWKWARD = `a/b+c=d&e"f<g>'h%i\\j$k l`;

/** A vendor with one of its grants, all credentials given and a marker in each secret one. */
export interface Marked {
  readonly vendor: string;
  readonly grant: Grant;
  readonly operation: TokenOperation;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Every vendor with each of its grants. */
export const MARKED: readonly Marked[] = listVendors().flatMap((vendor) => {
  const { operations } = readTokenOperations(readSpecification(vendor).document);
  const all = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  return all.map(({ operation, grant }): Marked => {
    const choice = all.length > 1 ? { grant: grant.name } : {};
    return { vendor: vendor.slug, grant, operation, credentials: { ...choice, ...markedFor(grant) } };
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
