import { CONTROL_PREFIX } from "./control.ts";
import { SINGLE_USE } from "./credential-fields.ts";
import { exampleRequest } from "./example-request.ts";
import type { Answer } from "./messages.ts";
import { RESOURCE_PATH } from "./resource.ts";
import type { RunningVendor } from "./vendor.ts";

/** The page that tells a person what is served and how to call it, as plain text. */
export function startPage(vendors: readonly RunningVendor[], origin: string, status: 200 | 404): Answer {
  const head = status === 404 ? ["There is nothing here. This is what there is:", ""] : [];
  const lines = [
    ...head,
    "auth-sandbox: vendors' token endpoints for trying clients out. Nothing here is real.",
    "",
    `Control      ${origin}/${CONTROL_PREFIX}/`,
    "",
    ...vendors.flatMap((vendor) => [...vendorLines(vendor, origin), ""]),
  ];
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: lines.join("\n") };
}

function vendorLines({ api, spec }: RunningVendor, origin: string): string[] {
  const base = `${origin}/${api.name}`;
  const control = `${origin}/${CONTROL_PREFIX}/${api.name}`;
  const grants = spec.operations.flatMap((operation) =>
    operation.grants.flatMap((grant) => {
      const credentials = spec.accepted.example(grant);
      const singleUse = SINGLE_USE.get(grant.grant);
      if (singleUse !== undefined) credentials[singleUse] = `<${singleUse}>`;
      const { method, path, headers, body } = exampleRequest(operation, grant, credentials);
      const curl = [
        `curl -X ${method} ${shellQuoted(base + path)}`,
        ...Object.entries(headers).map(([name, value]) => `-H ${shellQuoted(`${name}: ${value}`)}`),
        ...(body === "" ? [] : [`--data-raw ${shellQuoted(body)}`]),
      ];
      const note = `    ${singleUse} works once; POST {"grant":"${grant.grant}"} to ${control}/credentials for one`;
      return [
        `  ${grant.grant}`,
        ...Object.entries(credentials).map(([name, value]) => `    ${name}: ${value}`),
        ...(singleUse === undefined ? [] : [note]),
        `    ${curl.join(" ")}`,
      ];
    }),
  );
  return [
    api.name,
    `  Base URL   ${base}`,
    ...spec.operations.map(({ method, path }) => `  Token      ${method} ${base}${path}`),
    `  Resource   GET ${base}${RESOURCE_PATH}`,
    ...grants,
  ];
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
