import { readTokenOperations } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { vendorPage } from "./vendor-page.ts";
import { readVendors, type VendorPage, vendorsSaying } from "./vendors.ts";

const vendors = readVendors();
/** The page of the first vendor whose specification says this. */
const pageWith = (text: string) => vendorPage(vendorsSaying(text)[0] as VendorPage);

describe("a vendor's page", () => {
  it.each(vendors.map((page) => [page.vendor, page] as const))(
    "of %s has all sections, and each grant",
    async (_, page) => {
      const text = await vendorPage(page);
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual([
        "Install",
        "Credentials",
        "Get a token",
        "Peculiar about this vendor",
        "Errors",
        "Servers",
      ]);
      const grants = page.operations.flatMap((operation) => operation.grants);
      expect(text.match(/^const tokens = /gm)).toHaveLength(grants.length);
    },
  );

  it("says what a credential is called on the wire, and where it goes", async () => {
    expect(await pageWith("account manager")).toContain(
      "| `clientId` | `client_id` (JSON body) | Client id that your account manager",
    );
    expect(await pageWith("account manager")).toContain(
      "| `version` | `version` (path) | Optional, default `1`. Major",
    );
    expect(await pageWith("name: x-api-key")).toContain("| `apiKey` | `x-api-key` (header) | API key");
  });

  it("says what the vendor's errors are in a program, and what to do", async () => {
    expect(await pageWith("401021")).toContain(
      "| `401` `401021` `invalid_client` Invalid client_id, client_secret, or session_key | `invalid_client` | correct the credentials",
    );
    expect(await pageWith("authorization_code")).toContain(
      "| `401` not documented | `invalid_client` | correct the credentials",
    );
    expect(await pageWith("account manager")).toContain(
      "| `4XX` not documented | `invalid_request` or `invalid_client` or `rate_limited` |",
    );
  });

  it("has the request in each media type", async () => {
    const text = await pageWith("authorization_code");
    expect(text.match(/, its body as JSON:/g)).toHaveLength(4);
    expect(text.match(/, its body as a form:/g)).toHaveLength(4);
  });
});

it("shows text of a specification as text", async () => {
  const [model] = vendors;
  if (!model) throw new Error("expected a vendor");
  const source = JSON.stringify(model.document).replaceAll(
    "API key that Conomy HQ issued to you.",
    "<script>{{ 1 }}</script> | `a|b`",
  );
  const document: unknown = JSON.parse(source);
  const page: VendorPage = { ...model, document, operations: readTokenOperations(document).operations };
  const text = await vendorPage(page);
  expect(text).toContain("&lt;script&gt;&#123;&#123; 1 }}&lt;/script&gt; \\| `a\\|b`");
  expect(text).not.toContain("<script>");
});
