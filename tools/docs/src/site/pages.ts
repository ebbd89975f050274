import { globSync } from "node:fs";
import { places } from "../places.ts";

/** The pages of the built site, such as `"errors.html"`. */
export const allPages: readonly string[] = globSync("**/*.html", { cwd: places.output })
  .map((path) => path.replaceAll("\\", "/"))
  .sort();

/** Pages that Redoc draws. */
export const referencePages: readonly string[] = allPages.filter(isReference);

/** All others, including the 404 page. */
export const portalPages: readonly string[] = allPages.filter((page) => !isReference(page));

function isReference(page: string): boolean {
  return page.startsWith("reference/");
}
