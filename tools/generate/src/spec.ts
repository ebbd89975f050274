import {
  problemText,
  readTokenOperations,
  type SpecProblem,
  shown,
  type TokenOperation,
} from "@org/auth-spec";
import { readSpecification, UsageProblem, type Vendor } from "@org/vendors";

/** A specification and the vendor that it describes. */
export interface Spec {
  /** The vendor's slug, such as `"acme-pay"`. */
  readonly vendor: string;
  /** Path of the file from the root of the repository, for messages and banners. */
  readonly file: string;
  /** The content of the file. */
  readonly document: unknown;
}

/** A specification with everything that it says about tokens, all of which can be honoured. */
export interface ReadSpec extends Spec {
  readonly info: { readonly title?: unknown; readonly version: string };
  readonly operations: readonly [TokenOperation, ...TokenOperation[]];
}

/** The specification of a vendor of `redocly.yaml`. */
export interface VendorSpec extends ReadSpec, Pick<Vendor, "client"> {
  /** The text of the file. */
  readonly source: string;
}

/** A specification with problems: a line for each problem, with the place and the rule. */
export class SpecRefused extends UsageProblem {
  override readonly name = "SpecRefused";

  constructor(file: string, problems: readonly (Omit<SpecProblem, "rule"> & Partial<SpecProblem>)[]) {
    const lines = problems.map(({ rule, ...problem }) => {
      const text = `${file}#${problem.pointer}: ${problemText(problem)}`;
      return rule === undefined ? text : `${text} (${rule})`;
    });
    super(lines.join("\n"));
  }
}

/**
 * Reads what a specification says about tokens.
 *
 * @throws {SpecRefused} that lists all its problems.
 */
export function readSpec(spec: Spec): ReadSpec {
  const { operations, problems } = readTokenOperations(spec.document);
  const [first, ...others] = operations;
  if (problems.length > 0 || first === undefined) throw new SpecRefused(spec.file, problems);
  const { info } = spec.document as { info?: ReadSpec["info"] };
  if (typeof info?.version === "string") return { ...spec, info, operations: [first, ...others] };
  const expected = 'a version, such as "1.0.0"';
  throw new SpecRefused(spec.file, [{ pointer: "/info/version", expected, found: shown(info?.version) }]);
}

/**
 * Reads a vendor's specification.
 *
 * @throws {UsageProblem} for a file that cannot be read or has problems, which it lists.
 */
export function readVendor(vendor: Vendor): VendorSpec {
  const { slug, file, client } = vendor;
  const { text: source, document } = readSpecification(vendor);
  return { ...readSpec({ vendor: slug, file, document }), client, source };
}
