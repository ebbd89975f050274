import { expect, it } from "vitest";
import { readVendors } from "../vendors.ts";
import { redocDocument } from "./redoc-document.ts";

/** What of a document is looked at here. */
interface Given {
  readonly spec: {
    readonly servers?: readonly { readonly url: string }[];
    readonly paths?: Readonly<Record<string, Readonly<Record<string, object>>>>;
  };
}

it.each(readVendors().map((page) => [page.vendor, page] as const))(
  "Redoc gets a host for each server of %s, and samples if there is only one grant",
  async (_, page) => {
    const { spec }: Given = await redocDocument(page);
    for (const { url } of spec.servers ?? [])
      expect(url).toMatch(/^https:\/\/(?!\{)[\w.-]+(?<!\.invalid)(\/|$)/);
    for (const { path, method, grants } of page.operations) {
      const operation = spec.paths?.[path]?.[method.toLowerCase()];
      expect("x-codeSamples" in (operation ?? {})).toBe(grants.length === 1);
    }
  },
);
