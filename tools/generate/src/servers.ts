import { children, nodeAt, type Place, refuse, root, type Spec, step } from "./spec.ts";

/** A host of the vendor. */
export interface Server {
  readonly name: string;
  readonly url: string;
  readonly description: string;
}

/** Reads the servers of a specification; none where the vendor publishes no host. */
export function readServers(spec: Spec): Server[] {
  const place = step(root(spec), "servers");
  const listed = children(place).map(([, server]) => server);
  const [first, ...others] = listed;
  if (!first) refuse(place, 'a server; where the vendor publishes no host, one that is just "{baseUrl}"');
  if (others.length === 0 && nodeAt(first).url === "{baseUrl}") return [];
  const names = new Set<string>();
  return listed.map((server) => readServer(server, names));
}

function readServer(server: Place, taken: Set<string>): Server {
  const { url, description = "", "x-name": name } = nodeAt(server);
  if (typeof name !== "string" || !/^[a-z][a-z0-9-]*$/.test(name) || taken.has(name)) {
    refuse(step(server, "x-name"), 'a name in lower case that no other server has, such as "sandbox"');
  }
  if (typeof url !== "string" || !/^https:\/\/[^\s{}]+$/.test(url)) {
    refuse(step(server, "url"), 'an https URL without variables, or one server that is just "{baseUrl}"');
  }
  taken.add(name);
  return { name, url: url.replace(/\/+$/, ""), description: String(description) };
}
