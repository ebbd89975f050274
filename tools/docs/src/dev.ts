import { spawn } from "node:child_process";
import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { createServer } from "vitepress";
import { places } from "./places.ts";

/** What the site is made from, besides the guides, which VitePress watches itself. */
const SOURCES = [
  "specs",
  "redocly.yaml",
  "CONTRIBUTING.md",
  "packages",
  ".changeset",
  "tools/bench/RESULTS.md",
  "tools/docs/src",
];

/** Serves the site, and rebuilds it when its sources change. Ends with Ctrl-C. */
export async function serveWhileEditing(): Promise<void> {
  const server = await createServer(places.docs);
  await server.listen();
  server.printUrls();
  whenSourcesChange(() => prepareAgain(() => server.ws.send({ type: "full-reload" })));
}

/** Calls back once when files have changed and 200 ms have passed without another change. */
function whenSourcesChange(callback: () => void): FSWatcher[] {
  let timer: NodeJS.Timeout | undefined;
  return SOURCES.map((path) =>
    watch(join(places.repository, path), { recursive: true }, (_event, file) => {
      if (file?.includes("node_modules") || file?.includes("dist")) return;
      clearTimeout(timer);
      timer = setTimeout(callback, 200);
    }),
  );
}

/** In a separate process, so that changed code is loaded; a specification with a mistake only prints what is wrong. */
function prepareAgain(done: () => void): void {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "prepare"], {
    stdio: "inherit",
  });
  child.on("exit", (code) => {
    if (code === 0) done();
  });
}
