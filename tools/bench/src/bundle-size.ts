import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** For what a bundle is made. */
export type Platform = "node" | "browser";

/** What is bundled: the import a program would write. */
export interface Bundled {
  readonly name: string;
  /** The adapter that uses the same exports. */
  readonly subject: string;
  readonly code: string;
}

/** The relevant exports of each library, and of ours in three helpings. */
export const BUNDLES: readonly Bundled[] = [
  {
    name: "@org/auth-core: createTokenCache",
    subject: "ours",
    code: 'export { createTokenCache } from "@org/auth-core";',
  },
  {
    name: "@org/auth-core: createTokenCache, authorizedFetch",
    subject: "ours",
    code: 'export { createTokenCache, authorizedFetch } from "@org/auth-core";',
  },
  { name: "@org/auth-core: everything", subject: "ours", code: 'export * from "@org/auth-core";' },
  {
    name: "google-auth-library: OAuth2Client",
    subject: "google-auth-library",
    code: 'export { OAuth2Client } from "google-auth-library";',
  },
  {
    name: "@azure/core-rest-pipeline: bearerTokenAuthenticationPolicy",
    subject: "azure-core-rest-pipeline",
    code: 'export { bearerTokenAuthenticationPolicy } from "@azure/core-rest-pipeline";',
  },
  {
    name: "@azure/identity: ClientSecretCredential",
    subject: "azure-identity",
    code: 'export { ClientSecretCredential } from "@azure/identity";',
  },
  {
    name: "@azure/msal-node: ConfidentialClientApplication",
    subject: "azure-msal-node",
    code: 'export { ConfidentialClientApplication } from "@azure/msal-node";',
  },
  {
    name: "@octokit/auth-app: createAppAuth",
    subject: "octokit-auth-app",
    code: 'export { createAppAuth } from "@octokit/auth-app";',
  },
  {
    name: "@badgateway/oauth2-client: OAuth2Client, OAuth2Fetch",
    subject: "badgateway-oauth2-client",
    code: 'export { OAuth2Client, OAuth2Fetch } from "@badgateway/oauth2-client";',
  },
  {
    name: "openid-client: clientCredentialsGrant",
    subject: "openid-client",
    code: 'export { Configuration, clientCredentialsGrant } from "openid-client";',
  },
  {
    name: "oauth4webapi: client credentials",
    subject: "oauth4webapi",
    code: 'export { clientCredentialsGrantRequest, processClientCredentialsResponse, ClientSecretPost } from "oauth4webapi";',
  },
  {
    name: "@smithy/property-provider: memoize",
    subject: "smithy-memoize",
    code: 'export { memoize } from "@smithy/property-provider";',
  },
  {
    name: "@aws-sdk/credential-provider-node: memoizeChain",
    subject: "aws-memoize-chain",
    code: 'export { memoizeChain } from "@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js";',
  },
  {
    name: "axios-token-interceptor",
    subject: "axios-token-interceptor",
    code: 'export { default } from "axios-token-interceptor";',
  },
  {
    name: "ibm-cloud-sdk-core: IamTokenManager",
    subject: "ibm-cloud-sdk-core",
    code: 'export { IamTokenManager } from "ibm-cloud-sdk-core";',
  },
];

/** Bytes of a minified and gzipped bundle, or why there is none. */
export async function bundleSize(
  code: string,
  platform: Platform,
  from: string,
): Promise<{ readonly bytes: number } | { readonly fails: string }> {
  try {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: from },
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      target: "es2022",
      platform,
      logLevel: "silent",
    });
    const [output] = outputFiles;
    return { bytes: gzipSync(output?.contents ?? new Uint8Array(), { level: 9 }).length };
  } catch (error) {
    const [first] = (error as { errors?: { text: string }[] }).errors ?? [];
    return { fails: first?.text ?? String(error) };
  }
}
