import type { TokenRequestError } from "@org/auth-core";
import { type Column, layOutTable } from "./table.ts";

type Refusal = Pick<
  TokenRequestError,
  "vendor" | "code" | "vendorStatus" | "vendorCode" | "vendorReason" | "vendorMessage"
>;

const MEMBERS = ["vendor", "code", "vendorStatus", "vendorCode", "vendorReason", "vendorMessage"] as const;

const COLUMNS: readonly Column<Refusal>[] = MEMBERS.map((member) => ({
  title: [member],
  cell: (refusal) => String(refusal[member] ?? "-"),
}));

/** The table of refusals, line by line, titled with the names of the error's members. A vendor that says nothing gets a dash. */
export function refusalTable(refusals: readonly Refusal[]): string[] {
  return layOutTable(COLUMNS, refusals);
}
