import { globSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { build } from "vitepress";
import { makeReferencesAccessible } from "./accessible-references.ts";
import { harden } from "./harden.ts";
import { base, places } from "./places.ts";
import { prepare } from "./prepare.ts";

/** Writes the whole site, and says where it is. */
export async function buildSite(): Promise<void> {
  rmSync(places.generated, { recursive: true, force: true });
  console.log("references, API pages, tables and pictures...");
  await prepare();
  await build(places.docs);
  makeReferencesAccessible(places.output);
  await harden(places.output, base);
  const pages = globSync("**/*.html", { cwd: places.output }).length;
  const folder = relative(process.cwd(), places.output);
  console.log(`wrote ${pages} pages to ${folder}; to look at them: npx -y serve ${folder}`);
}
