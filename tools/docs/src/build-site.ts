import { globSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "vitepress";
import { harden } from "./harden.ts";
import { base, places } from "./places.ts";
import { prepare } from "./prepare.ts";

/** Writes the whole site, and says where it is. */
export async function buildSite(): Promise<void> {
  rmSync(places.generated, { recursive: true, force: true });
  console.log("references, API pages, tables and pictures...");
  await prepare();
  await build(places.docs);
  shareSearchIndex();
  await harden(places.output, base);
  const pages = globSync("**/*.html", { cwd: places.output }).length;
  const folder = relative(process.cwd(), places.output);
  console.log(`wrote ${pages} pages to ${folder}; to look at them: npx -y serve ${folder}`);
}

/** Gives VitePress's search index a name that references know. */
function shareSearchIndex(): void {
  const [file] = globSync("assets/chunks/@localSearchIndexroot*.js", { cwd: places.output });
  if (file === undefined) throw new Error("expected a search index among the built site's chunks");
  const url = `../${file.replaceAll("\\", "/")}`;
  writeFileSync(
    join(places.output, "reference/search-index.js"),
    `export { default } from ${JSON.stringify(url)};\n`,
  );
}
