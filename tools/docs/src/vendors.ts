import { problemText, readTokenOperations, type TokenOperation } from "@org/auth-spec";
import { listVendors, readSpecification } from "@org/vendors";

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
  /** Path of the client's package from the root of the repository. */
  readonly client: string;
  /** Text of the specification. */
  readonly source: string;
  /** The content of that text. */
  readonly document: unknown;
  readonly operations: readonly TokenOperation[];
}

interface Document {
  readonly info: { readonly title: string; readonly summary?: string; readonly version: string };
}

/**
 * The vendors of the root `redocly.yaml`, in its order.
 *
 * @throws {Error} for a specification with problems.
 */
export function readVendors(): VendorPage[] {
  return listVendors().map((vendor) => {
    const { text, document } = readSpecification(vendor);
    const { operations, problems } = readTokenOperations(document);
    const [problem] = problems;
    if (problem) throw new Error(`${vendor.file}#${problem.pointer}: ${problemText(problem)}`);
    const { info } = document as Document;
    return {
      vendor: vendor.slug,
      name: info.title.replace(/ token endpoint$/i, ""),
      summary: info.summary ?? "",
      version: info.version,
      file: vendor.file,
      client: vendor.client,
      source: text,
      document,
      operations,
    };
  });
}

/** Where a vendor's page is, from the root of the site. */
export function pageUrl({ vendor }: Pick<VendorPage, "vendor">): string {
  return `vendors/${vendor}.html`;
}

/** Where a vendor's reference by Redoc is, from the root of the site. It opens with the token endpoint. */
export function referenceUrl({ vendor }: Pick<VendorPage, "vendor">): string {
  return `reference/${vendor}.html`;
}
