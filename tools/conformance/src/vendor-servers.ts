import type { OpenApi } from "./openapi.ts";

/** The servers that a caller can choose by name; none where the vendor publishes no host. */
export function serversOf({ servers }: OpenApi): { name: string; url: string }[] {
  return servers.flatMap(({ url, "x-name": name }) => (name === undefined ? [] : [{ name, url }]));
}
