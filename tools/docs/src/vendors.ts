import { problemText, readTokenOperations } from "@org/auth-spec";
import { listVendors, readSpecification } from "@org/vendors";

interface Document {
  readonly info: { readonly title: string; readonly summary?: string; readonly version: string };
}

/**
 * The vendors of the root `redocly.yaml`, in its order, as their specifications describe them.
 *
 * @throws {Error} for a specification with problems.
 */
export function readVendors() {
  return listVendors().map((vendor) => {
    const { slug, file, client } = vendor;
    const { text: source, document } = readSpecification(vendor);
    const { operations, problems } = readTokenOperations(document);
    const [problem] = problems;
    if (problem) throw new Error(`${file}#${problem.pointer}: ${problemText(problem)}`);
    const { title, summary = "", version } = (document as Document).info;
    const name = title.replace(/ token endpoint$/i, "");
    return { vendor: slug, name, summary, version, file, client, source, document, operations };
  });
}

/** A vendor, as its specification describes it. Paths start at the root of the repository. */
export type VendorPage = ReturnType<typeof readVendors>[number];

/** The vendors whose specification says this. */
export function vendorsSaying(text: string): VendorPage[] {
  const found = readVendors().filter(({ source }) => source.includes(text));
  if (found.length === 0) throw new Error(`expected a specification that says ${text}`);
  return found;
}

/** Where a vendor's page is, from the root of the site. */
export function pageUrl({ vendor }: Pick<VendorPage, "vendor">): string {
  return `vendors/${vendor}.html`;
}

/** Where a vendor's reference by Redoc is, from the root of the site. It opens with the token endpoint. */
export function referenceUrl({ vendor }: Pick<VendorPage, "vendor">): string {
  return `reference/${vendor}.html`;
}
