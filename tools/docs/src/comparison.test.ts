import { describe, expect, it } from "vitest";
import { comparisonTable, vendorCards } from "./comparison.ts";
import { readVendors } from "./vendors.ts";

const pages = readVendors();
const table = comparisonTable(pages);

/** The cells of a row, as text. */
function row(heading: string): string[] {
  const [, cells = ""] = new RegExp(`<th scope="row">${heading}</th>(.*)</tr>`).exec(table) ?? [];
  return cells
    .split("</td>")
    .slice(0, -1)
    .map((cell) => cell.replace(/<\/p><p>/g, "; ").replace(/<[^>]+>/g, ""));
}

describe("the comparison of the vendors", () => {
  it("has a column for each, in the order of redocly.yaml", () => {
    const heads = [...table.matchAll(/<th scope="col"><a href="[^"]+">([^<]*)<\/a><\/th>/g)].map(
      ([, name]) => name,
    );
    expect(heads).toEqual(pages.map(({ name }) => name));
    expect(heads).toContain("StoneX Payments");
  });

  it("says where credentials go", () => {
    expect(row("Credentials go in").slice(0, 5)).toEqual([
      "JSON body: clientId, clientSecret; headers: x-api-key, conomyhq-api-version, User-Agent",
      "JSON body: client_id, client_secret; path: version",
      "form body: client_id, client_secret",
      "headers: x-client-id, x-api-key, scope",
      "JSON or form body: client_id, client_secret, scope, api_key, refresh_token, code, redirect_uri; headers: X-Api-Key",
    ]);
  });

  it("says how a lifetime is stated", () => {
    expect(row("Lifetime").slice(0, 5)).toEqual([
      "seconds in expiresIn; documented: 3600 or 86400",
      "seconds in expires_in; documented: 3600",
      "seconds in data.expires_in; documented: 3600",
      "an instant in expires_at; documented: about 1800 s",
      "seconds in expires_in; documented: 3600",
    ]);
  });

  it("says what an error body contains", () => {
    expect(row("Error body")[2]).toBe(
      "400: error.code, error.code_reason, error.message; 401, 500: code, code_reason, message or error.code, error.code_reason, error.message; 403, 404: error",
    );
    expect(row("Error body")[1]).toBe("not documented");
  });

  it("says who publishes hosts and who issues refresh tokens", () => {
    const hostless = pages.map(({ operations }) => operations[0]?.servers.length === 0);
    expect(row("Hosts").map((cell) => cell.startsWith("none"))).toEqual(hostless);
    expect(row("Refresh token").slice(3, 5)).toEqual(["no", "yes, in refresh_token"]);
  });

  it("shows the text of a specification and runs none of it", () => {
    const [page] = pages;
    if (!page) throw new Error("expected a vendor");
    const hostile = { ...page, name: "<img src=x>{{ 1 + 1 }}", summary: '"><script>' };
    expect(vendorCards([hostile])).not.toMatch(/<img|<script|\{\{/);
    expect(comparisonTable([hostile])).not.toMatch(/<img|\{\{/);
  });
});
