import type { TokenCache } from "@org/auth-core";
import { basicHeader } from "./basic-authentication.ts";
import { type Credentials, type RequestExample, requestExamples } from "./request-example.ts";
import { readSpecFile, type SpecFile } from "./spec-file.ts";
import { readTokenOperation, type TokenOperation } from "./token-operation.ts";
import type { BareAnswer, VendorPackage } from "./vendor-package.ts";

/** Options as the suite passes them: right ones and wrong ones. */
type Options = Readonly<Record<string, unknown>>;

/** A vendor's package under test and the specification it was generated from. */
export interface Subject {
  readonly vendor: string;
  readonly spec: SpecFile;
  readonly operation: TokenOperation;
  readonly requests: readonly RequestExample[];
  createTokenCache(credentials: unknown, options?: unknown): TokenCache & { readonly baseUrl: string };
  createClient(options?: unknown): unknown;
  /** Sends an example request through the bare client, without a cache. */
  call(options: Options, example: RequestExample): Promise<BareAnswer>;
}

/** Brings a vendor's package and its specification together. */
export function createSubject(vendor: string, vendorPackage: VendorPackage): Subject {
  const spec = readSpecFile(vendor);
  const operation = readTokenOperation(spec.resolved);
  return {
    vendor,
    spec,
    operation,
    requests: requestExamples(operation),
    createTokenCache: (credentials, options) =>
      vendorPackage.createTokenCache(credentials as never, options as never),
    createClient: (options) => vendorPackage.createClient(options as never),
    call(options, { grant, credentials, body }) {
      const params: Record<string, Record<string, unknown>> = {};
      for (const { credential, in: place, name } of grant.fields) {
        if (place !== "body" && place !== "basic" && credentials[credential] !== undefined) {
          params[place] = { ...params[place], [name]: credentials[credential] };
        }
      }
      const headers = basicHeader(grant, credentials);
      const init = { params, headers, ...(body && { body }) };
      return vendorPackage
        .createClient(options as never)
        .request(operation.method as never, operation.path as never, init as never);
    },
  };
}

/** The first example request, for what does not depend on the grant or media type. */
export function anyRequest({ vendor, requests }: Subject): RequestExample {
  const [first] = requests;
  if (!first) throw new Error(`${vendor}: expected at least one grant in the specification`);
  return first;
}

/** The example's credentials without those that may be left out. */
export function requiredCredentials({ grant, credentials }: RequestExample): Credentials {
  const optional = grant.fields.filter(({ required }) => !required).map(({ credential }) => credential);
  return Object.fromEntries(Object.entries(credentials).filter(([name]) => !optional.includes(name)));
}
