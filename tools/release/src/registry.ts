import { once } from "node:events";
import { mkdirSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { requireTool } from "./toolbox.ts";

/** Starts verdaccio on loopback with an empty store and no uplink; anyone may publish. `url` has a slash at the end. */
export async function startRegistry(folder: string) {
  mkdirSync(folder, { recursive: true });
  const { runServer } = requireTool("verdaccio");
  const server: Server = await runServer({
    self_path: join(folder, "config.yaml"),
    storage: join(folder, "storage"),
    uplinks: {},
    packages: { "**": { access: "$all", publish: "$anonymous", unpublish: "$anonymous" } },
    max_body_size: "50mb",
    log: { type: "stdout", format: "pretty", level: "error" },
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async stop() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}
