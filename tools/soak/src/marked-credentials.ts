import type { ConomyCredentials } from "@org/conomy-client";
import type {
  ContitApiKeyCredentials,
  ContitAuthorizationCodeCredentials,
  ContitClientCredentialsCredentials,
  ContitRefreshTokenCredentials,
} from "@org/contit-client";
import type { RoecnyCredentials } from "@org/roecny-client";
import type { StonexCredentials } from "@org/stonex-client";
import type { UnnamedCredentials } from "@org/unnamed-client";
import type { VendorName } from "./vendors.ts";

/** What has to be escaped somewhere: in a URL, a form, JSON, HTML or a regular expression. */
const AWKWARD = `a/b+c=d&e"f<g>'h%i\\j$k l`;

/** The part of a secret that every encoding but base64 leaves as it is. */
export function markerOf(name: string): string {
  return `MARK${name}KRAM`;
}

/** A secret with a marker in its middle. */
export function secret(name: string): string {
  return `${AWKWARD}${markerOf(name)}${AWKWARD}`;
}

const clientId = "public-client-id";
const [clientSecret, apiKey, gatewayApiKey] = [secret("ClientSecret"), secret("ApiKey"), secret("Gateway")];

const conomy: Required<ConomyCredentials> = {
  clientId,
  clientSecret,
  apiKey,
  apiVersion: "24-04-2025",
  userAgent: "public",
};
const stonex: Required<StonexCredentials> = { clientId, clientSecret, version: "1" };
const unnamed: Required<UnnamedCredentials> = { clientId, clientSecret };
const roecny: Required<RoecnyCredentials> = { clientId, apiKey, scope: "public" };
const contit: readonly [
  Required<ContitClientCredentialsCredentials>,
  Required<ContitApiKeyCredentials>,
  Required<ContitRefreshTokenCredentials>,
  Required<ContitAuthorizationCodeCredentials>,
] = [
  { grant: "client_credentials", clientId, clientSecret, scope: "public", gatewayApiKey },
  { grant: "api_key", clientId, apiKey, scope: "public", gatewayApiKey },
  { grant: "refresh_token", clientId, refreshToken: secret("Refresh"), clientSecret, gatewayApiKey },
  {
    grant: "authorization_code",
    clientId,
    code: secret("Code"),
    redirectUri: "https://app.example.com/",
    clientSecret,
    gatewayApiKey,
  },
];

/** Every vendor with each of its grants, all credentials given and a marker in each secret one. */
export const MARKED: readonly (readonly [vendor: VendorName, grant: string, credentials: object])[] = [
  ["conomy", "client_credentials", conomy],
  ["stonex", "client_credentials", stonex],
  ["unnamed", "client_credentials", unnamed],
  ["roecny", "client_credentials", roecny],
  ...contit.map((credentials) => ["contit", credentials.grant, credentials] as const),
];
