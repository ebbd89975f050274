import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TokenOperation } from "@org/auth-spec";
import { usages } from "@org/generate/usage-example";
import { NO_HOST } from "@org/generate/wire";
import { parse } from "yaml";
import { httpSamples } from "../http-samples.ts";
import { places } from "../places.ts";
import type { VendorPage } from "../vendors.ts";

/**
 * What Redoc is given: a copy of the specification with code samples, and with a host if the vendor publishes none, or
 * Redoc would put the address of its page there; and its options, those of the root `redocly.yaml` among them.
 */
export async function redocDocument(page: VendorPage) {
  const spec: {
    paths: Record<string, Record<string, object>>;
    servers?: { url: string; description: string }[];
  } = parse(page.source);
  const languages: { lang: string; label: string }[] = [];
  for (const operation of page.operations) {
    const samples = await samplesOf(page, operation);
    languages.push(...samples.map(({ lang, label }) => ({ lang, label })));
    const method = operation.method.toLowerCase();
    const item = spec.paths[operation.path] ?? {};
    if (samples.length > 0) item[method] = { ...item[method], "x-codeSamples": samples };
    if (operation.servers.length === 0)
      spec.servers = [{ url: NO_HOST, description: "A placeholder: the vendor publishes no host." }];
  }
  const config: { openapi?: object } = parse(readFileSync(join(places.repository, "redocly.yaml"), "utf8"));
  const options = {
    ...config.openapi,
    // Below the bar that leads back to the guides; reference.css says how high it is.
    scrollYOffset: 64,
    // Redoc shows only samples that are listed here too.
    codeSamples: { languages: [...languages, { lang: "payload", label: "Payload" }] },
    downloadUrls: [{ url: `../specs/${page.vendor}/openapi.yaml`, title: "openapi.yaml" }],
    disableTelemetry: true,
  };
  return { spec, options };
}

/** Samples of an operation's only grant. If there are several, Redoc would show the same samples for each, so that only payloads are correct. */
async function samplesOf(page: VendorPage, operation: TokenOperation) {
  const [grant, ...others] = operation.grants;
  if (!grant || others.length > 0) return [];
  const own = usages(page).filter((usage) => usage.grant === grant);
  return [
    ...own.map(({ text }) => ({ lang: "TypeScript", label: "TypeScript", source: text })),
    ...(await httpSamples(operation, grant)).map(({ language, fence, source }) => ({
      lang: fence,
      label: language,
      source,
    })),
  ];
}
