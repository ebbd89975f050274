import { escapeHtml } from "./html.ts";
import { pageUrl, type VendorPage } from "./vendors.ts";

/** A link to each vendor's page, with what tells the vendors apart. */
export function vendorCards(pages: readonly VendorPage[]): string {
  const cards = pages.map(
    (page) => `<li><a class="vendor-card" href="./${pageUrl(page)}">
<strong>${escapeHtml(page.name)}</strong>
<span>${escapeHtml(page.summary)}</span>
<code>@org/${page.vendor}-client</code>
</a></li>
`,
  );
  return `<ul class="vendor-cards" v-pre>\n${cards.join("")}</ul>\n`;
}
