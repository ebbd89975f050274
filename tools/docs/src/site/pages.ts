import { globSync } from "node:fs";
import { places } from "../places.ts";

/** The pages of the built site, such as `"errors.html"`. */
export const allPages: readonly string[] = globSync("**/*.html", { cwd: places.output })
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

/** Pages that Redoc draws. */
export const referencePages: readonly string[] = allPages.filter(isReference);

/** All others. The one for what is not found is among them. */
export const portalPages: readonly string[] = allPages.filter((page) => !isReference(page));

function isReference(page: string): boolean {
  return page.startsWith("reference/");
}
