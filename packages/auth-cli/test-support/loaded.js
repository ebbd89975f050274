// Loaded into a process by NODE_OPTIONS: writes down which packages and parts of Node.js it has loaded when it ends.
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";

process.on("exit", () => {
  const packages = Object.keys(createRequire(import.meta.url).cache);
  writeFileSync(`${process.env.HOME}/loaded`, [...packages, ...process.moduleLoadList].join("\n"));
});
