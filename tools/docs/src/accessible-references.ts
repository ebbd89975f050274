import { copyFileSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SCRIPT = "accessible-redoc.js";

/** Gives the references of a built site one main landmark each, and the script that names what Redoc draws. */
export function makeReferencesAccessible(folder: string): void {
  copyFileSync(join(import.meta.dirname, "reference", SCRIPT), join(folder, "reference", SCRIPT));
  for (const file of globSync("reference/*.html", { cwd: folder })) {
    const page = readFileSync(join(folder, file), "utf8");
    writeFileSync(join(folder, file), accessibleReference(page));
  }
}

/** Redoc has a main landmark of its own, which the page's would hold. */
export function accessibleReference(page: string): string {
  return page
    .replace(/<main>([\s\S]*)<\/main>/, "<div>$1</div>")
    .replace("</head>", `  <script defer src="./${SCRIPT}"></script>\n</head>`);
}
