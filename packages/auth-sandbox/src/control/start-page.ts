import { type Grant, tokenRequest } from "@org/auth-spec";
import type { SandboxResponse } from "../messages.ts";
import { RESOURCE_PATH } from "../vendor/resource.ts";
import type { RunningVendor } from "../vendor/vendor.ts";
import type { ServedOperation } from "../vendor/vendor-spec.ts";
import { CONTROL_PREFIX } from "./control.ts";

/** The page that tells a person what is served and how to call it, as plain text. */
export async function startPage(
  vendors: readonly RunningVendor[],
  origin: string,
  status: 200 | 404,
): Promise<SandboxResponse> {
  const listed = await Promise.all(vendors.map((vendor) => vendorLines(vendor, origin)));
  const lines = [
    ...(status === 404 ? ["There is nothing here. This is what is served:", ""] : []),
    "auth-sandbox: vendors' token endpoints for trying clients out. Nothing here is real.",
    "",
    `Console      ${origin}/ in a browser`,
    `Control      ${origin}/${CONTROL_PREFIX}/`,
    "",
    ...listed.flatMap((one) => [...one, ""]),
  ];
  const headers = { "content-type": "text/plain; charset=utf-8", vary: "accept" };
  return { status, headers, body: lines.join("\n") };
}

async function vendorLines(vendor: RunningVendor, origin: string): Promise<string[]> {
  const { api, spec } = vendor;
  const base = `${origin}/${api.name}`;
  const grants = spec.operations.flatMap((operation) =>
    operation.grants.map((grant) => grantLines(vendor, operation, grant, origin)),
  );
  return [
    api.name,
    `  Base URL   ${base}`,
    ...spec.operations.map(({ method, path }) => `  Token      ${method} ${base}${path}`),
    `  Resource   GET ${base}${RESOURCE_PATH}`,
    ...(await Promise.all(grants)).flat(),
  ];
}

async function grantLines(
  { api, accepted }: RunningVendor,
  operation: ServedOperation,
  grant: Grant,
  origin: string,
): Promise<string[]> {
  const credentials = accepted().example(grant);
  const singleUse = accepted().singleUse(grant.name);
  if (singleUse !== undefined) credentials[singleUse] = `<${singleUse}>`;
  const control = `${origin}/${CONTROL_PREFIX}/${api.name}`;
  const note = `    ${singleUse} works once; POST {"grant":"${grant.name}"} to ${control}/credentials for one`;
  const request = tokenRequest(operation, grant, credentials, { baseUrl: `${origin}/${api.name}` });
  return [
    `  ${grant.name}`,
    ...Object.entries(credentials).map(([name, value]) => `    ${name}: ${value}`),
    ...(singleUse === undefined ? [] : [note]),
    `    ${await curl(request)}`,
  ];
}

async function curl(request: Request): Promise<string> {
  const body = await request.text();
  return [
    `curl -X ${request.method} ${shellQuoted(request.url)}`,
    ...[...request.headers].map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
    ...(body === "" ? [] : [`--data-raw ${shellQuoted(body)}`]),
  ].join(" ");
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
