import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** A registry on loopback that has one version of one package, and nothing else. */
export interface ScratchRegistry {
  readonly url: string;
  close(): Promise<unknown>;
}

// In its own thread, since its callers block their event loop while they wait for npm.
const SERVER = `
const { createServer } = require("node:http");
const { readFileSync } = require("node:fs");
const { parentPort, workerData: { name, version, tarball } } = require("node:worker_threads");
const server = createServer(({ url }, response) => {
  const path = decodeURIComponent(url).slice(1);
  if (path === "package.tgz") return response.end(readFileSync(tarball));
  if (path !== name) return response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
  const dist = { tarball: "http://127.0.0.1:" + server.address().port + "/package.tgz" };
  const versions = { [version]: { name, version, dist } };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ name, "dist-tags": { latest: version }, versions }));
});
server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** Starts one that serves a tarball. */
export async function scratchRegistry(
  name: string,
  version: string,
  tarball: string,
): Promise<ScratchRegistry> {
  const worker = new Worker(SERVER, { eval: true, workerData: { name, version, tarball } });
  const [port] = await once(worker, "message");
  return { url: `http://127.0.0.1:${port}/`, close: () => worker.terminate() };
}
