import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Starts a registry on loopback that has one version of one package, which is in a tarball, and nothing else. */
export async function scratchRegistry(
  name: string,
  version: string,
  tarball: string,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(1);
    if (path === "package.tgz") return createReadStream(tarball).pipe(response);
    response.setHeader("content-type", "application/json");
    if (path !== name) return response.writeHead(404).end('{"error":"not found"}');
    const versions = { [version]: { name, version, dist: { tarball: `${url}package.tgz` } } };
    return response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { server, url };
}
