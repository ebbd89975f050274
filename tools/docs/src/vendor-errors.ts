import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TokenRequestError } from "@org/auth-core";
import {
  createSpecTokenCache,
  exampleResponse,
  type SpecCredentials,
  type TokenOperation,
} from "@org/auth-spec";
import { readResponse } from "@org/generate/wire";
import { markdownTable, markdownText } from "./markup.ts";
import { places } from "./places.ts";

/** Statuses that stand for a range: each has its own code. */
const OF_A_RANGE: Readonly<Record<string, readonly string[]>> = { "4XX": ["400", "401", "429"] };

/** The documented refusals of an operation as a table: what the vendor says, what a program catches, what to do. */
export async function errorTable(document: unknown, operation: TokenOperation): Promise<string> {
  const advice = adviceByCode();
  const rows: string[][] = [];
  for (const described of operation.refusals) {
    const bodies = Object.values(described.examples);
    const statuses = OF_A_RANGE[described.status] ?? [described.status];
    const responses = statuses.flatMap((status) =>
      (bodies.length > 0 ? bodies : [undefined]).map((body) =>
        exampleResponse({ ...described, status }, body),
      ),
    );
    const errors: TokenRequestError[] = [];
    for (const response of responses) {
      const error = await readResponse(operation, response, (credentials, options) =>
        createSpecTokenCache(document, credentials as SpecCredentials, options),
      );
      if (error instanceof TokenRequestError) errors.push(error);
    }
    for (const [words, alike] of Map.groupBy(errors, vendorWords)) {
      const codes = [...new Set(alike.map(({ code }) => code))];
      rows.push([
        `\`${described.status}\` ${words || "not documented"}`,
        codes.map((code) => `\`${code}\``).join(" or "),
        codes.length === 1
          ? (advice.get(codes[0] ?? "") ?? "")
          : "depends on the code: [Errors](../errors.md#codes)",
      ]);
    }
  }
  return markdownTable(["Vendor's response", "`code` of the error", "What to do"], rows);
}

function vendorWords({ vendorCode, vendorReason, vendorMessage }: TokenRequestError): string {
  const names = [vendorCode, vendorReason].filter((word) => word !== undefined).map((word) => `\`${word}\``);
  return [...names, ...(vendorMessage === undefined ? [] : [markdownText(vendorMessage)])].join(" ");
}

/** What the guide to errors says to do about each code. */
function adviceByCode(): ReadonlyMap<string, string> {
  const guide = readFileSync(join(places.guides, "errors.md"), "utf8");
  const rows = guide.matchAll(/^\| `(\w+)` \|.*\| ([^|]+) \|$/gm);
  return new Map([...rows].map(([, code = "", todo = ""]) => [code, todo.replaceAll("](./", "](../")]));
}
