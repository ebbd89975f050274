import type { Subject } from "../subject.ts";

/** The file names of the peers' adapters, in the order in which tables show them. */
export const PEERS: readonly string[] = [
  "google-auth-library",
  "azure-core-rest-pipeline",
  "azure-identity",
  "azure-msal-node",
  "octokit-auth-app",
  "badgateway-oauth2-client",
  "openid-client",
  "oauth4webapi",
  "smithy-memoize",
  "aws-memoize-chain",
  "axios-token-interceptor",
  "ibm-cloud-sdk-core",
];

/** Ours comes first. */
export const SUBJECTS: readonly string[] = ["ours", ...PEERS];

/** The adapter's path from `tools/bench`. */
export function subjectFile(id: string): string {
  return id === "ours" ? "src/subjects/ours.ts" : `peers/subjects/${id}.ts`;
}

/** Loads one library, into a process that holds no other. */
export async function loadSubject(id: string): Promise<Subject> {
  const { subject } = (await import(new URL(`../../${subjectFile(id)}`, import.meta.url).href)) as {
    subject: Subject;
  };
  return subject;
}
