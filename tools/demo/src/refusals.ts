import { TokenRequestError } from "@org/auth-core";
import type { Subject } from "./subject.ts";
import { type Column, layOutTable } from "./table.ts";

const MEMBERS = ["vendor", "code", "vendorStatus", "vendorCode"] as const;
/** Too long for a column. */
const SENTENCES = ["vendorReason", "vendorMessage"] as const;

type Refusal = Pick<TokenRequestError, (typeof MEMBERS)[number] | (typeof SENTENCES)[number]>;

const COLUMNS: readonly Column<Refusal>[] = MEMBERS.map((member) => ({
  title: [member],
  cell: (refusal) => String(refusal[member] ?? "-"),
}));

/**
 * Asks for a token with a client id that the vendor never issued, and returns the refusal.
 *
 * @throws Error when the vendor issues a token; any error other than a refusal is thrown as it is.
 */
export async function presentWrongClientId(subject: Subject): Promise<TokenRequestError> {
  const { name, vendor, withCredentials } = subject;
  const tokens = withCredentials({ ...vendor.credentials(), clientId: "nobody" });
  const refusal = await tokens.getToken().then(
    () => new Error(`${name}: expected a wrong client id to be refused, received a token`),
    (error: unknown) => error,
  );
  if (refusal instanceof TokenRequestError && refusal.vendorStatus !== undefined) return refusal;
  throw refusal;
}

/**
 * The table of refusals, line by line, titled with the names of the error's members; below each the vendor's own words. A vendor that says
 * nothing gets a dash.
 */
export function refusalTable(refusals: readonly Refusal[]): string[] {
  const [title = "", rule = "", ...rows] = layOutTable(COLUMNS, refusals);
  const indent = " ".repeat(title.indexOf("code"));
  const said = (refusal: Refusal | undefined) =>
    SENTENCES.flatMap((member) => refusal?.[member] ?? []).map((text) => indent + text);
  return [title, rule, ...rows.flatMap((row, index) => [row, ...said(refusals[index])])];
}
