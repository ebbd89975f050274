import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadSpec } from "../../generate/src/spec.ts";
import { readTokenOperation, type TokenOperation } from "../../generate/src/token-operation.ts";
import { listVendors } from "../../generate/src/vendor-list.ts";
import { places } from "./places.ts";

/** A vendor, as its specification describes it. */
export interface VendorPage {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** The vendor's name for people, such as `"StoneX Payments"`. */
  readonly name: string;
  /** What the token endpoint does, in one sentence. */
  readonly summary: string;
  /** Version of the specification. */
  readonly version: string;
  /** Path of the specification from the root of the repository. */
  readonly file: string;
  /** Text of the specification. */
  readonly source: string;
  /** The token endpoint, read by the generator of the clients, so that both understand it alike. */
  readonly operation: TokenOperation;
}

interface Info {
  readonly title: string;
  readonly summary?: string;
  readonly version: string;
}

/** The vendors of the root `redocly.yaml`, in its order. */
export function readVendors(): VendorPage[] {
  return listVendors(places.repository, []).map(({ vendor, file }) => {
    const path = join(places.repository, file);
    const source = readFileSync(path, "utf8");
    const { info }: { info: Info } = parse(source);
    return {
      vendor,
      name: info.title.replace(/ token endpoint$/i, ""),
      summary: info.summary ?? "",
      version: info.version,
      file,
      source,
      operation: readTokenOperation(loadSpec(vendor, file, path)),
    };
  });
}

/** Where a vendor's reference shows its token endpoint, from the root of the site. */
export function referenceUrl({ vendor }: VendorPage): string {
  return `reference/${vendor}.html#/authentication/createtoken`;
}
