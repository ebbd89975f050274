import type { TokenOperation } from "@org/auth-spec";
import {
  refused,
  type SandboxRequest,
  type SandboxResponse,
  valueResponse,
  withHeaders,
} from "../messages.ts";
import { readCookies } from "../request/cookies.ts";
import type { AcceptedCredentials, Credentials } from "../request/credentials.ts";
import { refusalResponse } from "../response/refusal.ts";
import type { Ledger } from "./ledger.ts";

/** Path of the protected resource below a vendor's base URL. */
export const RESOURCE_PATH = "/whoami";

/** A call of the resource with a token, and with the credentials that the vendor requires in addition. */
export function resourceRequest(
  baseUrl: string,
  token: string,
  security: TokenOperation["security"],
  credentials: Readonly<Credentials>,
): Request {
  const { scheme, ...at } = security?.token ?? BEARER;
  const carried = [
    { ...at, value: scheme === undefined ? token : `${scheme} ${token}` },
    ...(security?.companions ?? []).map(({ credential, default: preset, ...place }) => ({
      ...place,
      value: credentials[credential] ?? preset,
    })),
  ].filter(({ value }) => value !== undefined);
  const cookies = carried.filter((one) => one.in === "cookie").map(({ name, value }) => `${name}=${value}`);
  const headers = new Headers(cookies.length > 0 ? { cookie: cookies.join("; ") } : {});
  for (const one of carried) if (one.in === "header") headers.set(one.name, String(one.value));
  return new Request(baseUrl + RESOURCE_PATH, { headers });
}

/** Responds to a call to the protected resource: what the token stands for, or the vendor's 401 (RFC 6750 section 3). */
export function respondToResourceRequest(
  vendor: string,
  request: SandboxRequest,
  { ledger, accepted }: { readonly ledger: Ledger; readonly accepted: AcceptedCredentials },
  { refusals, security }: Pick<TokenOperation, "refusals" | "security">,
  exampleName?: string,
): SandboxResponse {
  if (request.method !== "GET") {
    return refused(
      withHeaders(refusalResponse(refusals, 405), { allow: "GET" }),
      "the resource accepts only GET",
    );
  }
  const token = presentedToken(request, security?.token);
  const found = token === undefined ? undefined : ledger.find(token);
  const wrong = security?.companions?.find(
    (companion) => !accepted.isAccepted(companion.credential, carriedAt(request, companion)),
  );
  if (found !== undefined && typeof found !== "string" && !wrong) {
    const { grant, clientId, scope, expiresAt } = found;
    return valueResponse(200, { vendor, grant, clientId, scope, expiresAt });
  }
  const response = refusalResponse(refusals, 401, exampleName);
  const { scheme } = security?.token ?? { scheme: "Bearer" };
  // RFC 6750 section 3.1: no error code if the request carries no token.
  const challenge = token === undefined || scheme !== "Bearer" ? scheme : 'Bearer error="invalid_token"';
  const challenged =
    challenge === undefined ? response : withHeaders(response, { "www-authenticate": challenge });
  return refused(challenged, reasonFor(found, wrong?.name, security?.token));
}

function reasonFor(found: unknown, companion: string | undefined, place: TokenPlace | undefined): string {
  const kind = place ? "token" : "bearer token";
  if (found === undefined)
    return `the request carries no ${kind}${place ? ` in the ${place.in} ${place.name}` : ""}`;
  return typeof found === "string" ? `the ${kind} is ${found}` : `${companion} is not the accepted one`;
}

const BEARER = { in: "header", name: "Authorization", scheme: "Bearer" } as const;

type TokenPlace = NonNullable<NonNullable<TokenOperation["security"]>["token"]>;

/** The token of a request, where the vendor looks for it. */
function presentedToken(request: SandboxRequest, place: TokenPlace | undefined): string | undefined {
  const { scheme, ...at } = place ?? BEARER;
  const carried = carriedAt(request, at);
  if (carried === undefined || scheme === undefined) return carried;
  const [, word, token] = /^(\S+) +(\S+)$/.exec(carried) ?? [];
  return word?.toLowerCase() === scheme.toLowerCase() ? token : undefined;
}

function carriedAt(
  { headers }: SandboxRequest,
  { in: place, name }: Pick<TokenPlace, "in" | "name">,
): string | undefined {
  if (place === "header") return headers[name.toLowerCase()];
  const cookies = readCookies(headers.cookie);
  return Object.hasOwn(cookies, name) ? cookies[name] : undefined;
}
