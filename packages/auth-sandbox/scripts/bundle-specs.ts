// Writes specs/<vendor>.json for every vendor of the root redocly.yaml, so that the package carries its specifications.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { parse } from "yaml";

const root = new URL("../../../", import.meta.url);
const folder = new URL("../specs/", import.meta.url);

const { apis }: { apis: Record<string, { root: string }> } = parse(
  await readText(new URL("redocly.yaml", root)),
);
await mkdir(folder, { recursive: true });
const stale = new Set(await readdir(folder));
for (const [vendor, api] of Object.entries(apis)) {
  const file = `${vendor}.json`;
  stale.delete(file);
  const target = new URL(file, folder);
  const text = `${JSON.stringify(parse(await readText(new URL(api.root, root))))}\n`;
  // Packing runs this too, perhaps while tests read the files: what is right already is left alone.
  if (text !== (await readText(target).catch(() => ""))) await writeFile(target, text);
}
for (const file of stale) await rm(new URL(file, folder));

function readText(url: URL): Promise<string> {
  return readFile(url, "utf8");
}
