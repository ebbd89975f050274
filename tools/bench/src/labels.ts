/** Short names for tables. */
const LABELS: Readonly<Record<string, string>> = {
  ours: "**auth-core**",
  "google-auth-library": "google-auth-library",
  "azure-core-rest-pipeline": "azure core-rest-pipeline",
  "azure-identity": "azure identity",
  "azure-msal-node": "msal-node",
  "octokit-auth-app": "octokit auth-app",
  "badgateway-oauth2-client": "badgateway oauth2-client",
  "openid-client": "openid-client",
  oauth4webapi: "oauth4webapi",
  "smithy-memoize": "smithy memoize",
  "aws-memoize-chain": "aws memoizeChain",
  "axios-token-interceptor": "axios-token-interceptor",
  "ibm-cloud-sdk-core": "ibm-cloud-sdk-core",
};

/** What a table calls a library. */
export function label(subject: string): string {
  return LABELS[subject] ?? subject;
}
