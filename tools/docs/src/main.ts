import { rmSync } from "node:fs";
import { build } from "vitepress";
import { makeReferencesAccessible } from "./accessible-references.ts";
import { serveWhileEditing } from "./dev.ts";
import { harden } from "./harden.ts";
import { base, places } from "./places.ts";
import { prepare } from "./prepare.ts";

const HELP = `Usage: node src/main.ts build | prepare | dev

  build     writes the site to dist; DOCS_BASE is where it will be on its host, such as /vendor-tokens/
  prepare   writes only what is made from specifications and doc comments
  dev       serves the site and reloads it when a guide, a specification or a doc comment changes
`;

switch (process.argv[2]) {
  case "build":
    rmSync(places.generated, { recursive: true, force: true });
    await prepare();
    await build(places.docs);
    makeReferencesAccessible(places.output);
    harden(places.output, base);
    break;
  case "prepare":
    await prepare();
    break;
  case "dev":
    await prepare();
    await serveWhileEditing();
    break;
  default:
    process.stderr.write(HELP);
    process.exitCode = 2;
}
