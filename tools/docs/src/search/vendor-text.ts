import { parse } from "yaml";
import type { VendorPage } from "../vendors.ts";

/** All words of a vendor's specification, which its reference shows. */
export function vendorText({ source }: Pick<VendorPage, "source">): string {
  const { info, servers, paths, components } = parse(source);
  // What a specification calls `servers` by its `x-name`, people call the production URL.
  return `${words([info, servers, paths, components])} sandbox URL production URL base URL`;
}

/** Every name and every text of a value, at any depth. */
function words(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value)
      .flatMap(([name, inside]) => [Array.isArray(value) ? "" : name, words(inside)])
      .filter(Boolean)
      .join(" ");
  }
  return String(value ?? "");
}
