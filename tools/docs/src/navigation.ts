import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { places } from "./places.ts";

/** A link as VitePress takes it: from the root of the site, without `.html`. */
export interface Link {
  readonly text: string;
  readonly link: string;
}

type Written = (Link | { readonly text: string; readonly items: Written } | keyof Generated)[];
type Filled = (Link | { text: string; items: Link[] })[];
type Generated = Readonly<Record<"vendors" | "packages", readonly Link[]>>;

/** The links of `navigation.yaml`, with those that stand for its words. */
export function navigation(generated: Generated): { nav: Filled; sidebar: Filled } {
  const { nav, sidebar } = parse(readFileSync(join(places.docs, "src/navigation.yaml"), "utf8"));
  const filled = (items: Written): Filled =>
    items.flatMap((item) => {
      if (typeof item === "string") return generated[item];
      return "items" in item ? { text: item.text, items: filled(item.items) as Link[] } : item;
    });
  return { nav: filled(nav), sidebar: filled(sidebar) };
}
