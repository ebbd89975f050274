import type { VendorTokenCache } from "@org/auth-core/vendor";
import {
  type Credential,
  createSpecTokenCache,
  credentialsOf,
  type Grant,
  type RequestMember,
  type TokenOperation,
} from "@org/auth-spec";
import type { ReadSpec } from "@org/generate/spec";
import { titleOf } from "@org/generate/wire";
import type { BareClient } from "@org/vendors";

/** What a generated client package exports, with types too loose to call it by mistake. */
export interface VendorPackage {
  createClient(options: never): object;
  createTokenCache(credentials: never, options: never): VendorTokenCache;
}

/** Credentials by name, with a `grant` if the vendor has several. */
export type Credentials = Readonly<Record<string, string>>;

/** A token request of the specification: one example of one grant in one media type. */
export interface Example {
  /** Tells it from the others, in a test's name. */
  readonly title: string;
  readonly operation: TokenOperation;
  readonly grant: Grant;
  readonly mediaType: string | undefined;
  readonly credentials: Credentials;
}

/** Something that makes token caches for a vendor, and the specification that says what is expected of it. */
export interface Subject {
  readonly vendor: string;
  readonly spec: ReadSpec;
  readonly examples: readonly [Example, ...Example[]];
  createTokenCache(credentials: unknown, options?: unknown): VendorTokenCache;
  /** The typed client; only a generated package has one. */
  readonly createClient: ((options?: unknown) => BareClient) | undefined;
}

/** The vendor's generated package as a subject. */
export function packageSubject(spec: ReadSpec, { createClient, createTokenCache }: VendorPackage): Subject {
  return {
    ...described(spec),
    createTokenCache: (credentials, options) =>
      createTokenCache(credentials as never, withCertificate(spec, options) as never),
    createClient: (options) => createClient(withCertificate(spec, options) as never) as BareClient,
  };
}

/** The vendor's specification by itself as a subject, with nothing generated. */
export function specSubject(spec: ReadSpec): Subject {
  return {
    ...described(spec),
    createTokenCache: (credentials, options) =>
      createSpecTokenCache(spec.document, credentials as never, {
        vendor: spec.vendor,
        ...(withCertificate(spec, options) as object),
      }),
    createClient: undefined,
  };
}

/** The options with a `fetch` if the vendor's API asks for a certificate; the server in these tests asks for none. */
function withCertificate(spec: ReadSpec, options: unknown): unknown {
  return needsCertificate(spec) ? { fetch: globalThis.fetch, ...(options as object) } : options;
}

/** Whether calls need a `fetch` that presents a client certificate. */
export function needsCertificate({ operations }: ReadSpec): boolean {
  return operations[0].security?.mutualTLS === true;
}

function described(spec: ReadSpec): Pick<Subject, "vendor" | "spec" | "examples"> {
  const [first, ...others] = spec.operations.flatMap((operation) =>
    operation.grants.flatMap((grant) =>
      grant.examples.map((example) => ({
        ...example,
        title: `${grant.name}: ${titleOf(example)}`,
        operation,
        grant,
      })),
    ),
  );
  if (!first) throw new Error(`${spec.vendor}: expected at least one grant in the specification`);
  return { vendor: spec.vendor, spec, examples: [first, ...others] };
}

/** The first example of each operation, for what does not depend on the grant or media type. */
export function firstExamples({ spec, examples }: Subject): Example[] {
  return spec.operations.flatMap(
    (operation) => examples.find((example) => example.operation === operation) ?? [],
  );
}

/** The members of a token request that credentials fill. */
export function credentialMembers({
  members,
}: Grant): (RequestMember & { readonly credential: Credential })[] {
  return members.flatMap(({ credential, ...member }) =>
    credential && member.in !== "api" ? [{ ...member, credential }] : [],
  );
}

/** The example's credentials without those that may be left out. */
export function requiredCredentials({ grant, credentials }: Example): Credentials {
  const optional = credentialsOf(grant).flatMap(({ name, required }) => (required ? [] : [name]));
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => !optional.includes(name)));
}

/** The lifetime that the runtime assumes if nothing states one, in seconds. */
export const DEFAULT_LIFETIME = 300;

/** Whether the whole body of a success is the token, so that nearly any text is one. */
export function isTextToken({ success }: TokenOperation): boolean {
  return success.mapping.access_token === "$response.body";
}

/** The secrets among some credentials. */
export function secretsOf(grant: Grant, credentials: Credentials): string[] {
  return credentialsOf(grant).flatMap(({ name, secret }) => {
    const value = credentials[name];
    return secret && value !== undefined ? [value] : [];
  });
}
