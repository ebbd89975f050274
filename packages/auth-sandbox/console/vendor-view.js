// @ts-check
import { control } from "./api.js";
import { copyOf, element, find, run } from "./dom.js";
import { faultsView } from "./faults-view.js";
import { grantForms } from "./grant-form.js";
import { showTrial } from "./trial-view.js";

/** @typedef {import("./api.js").Vendor} Vendor */

/**
 * Makes a vendor's part of the page.
 *
 * @param {string} name
 * @param {Vendor} facts
 * @param {() => Promise<void>} refresh
 * @returns {{ article: HTMLElement, update: (facts: Vendor) => void }}
 */
export function vendorView(name, facts, refresh) {
  const article = find(copyOf("vendor-view"), "article");
  find(article, "h2").textContent = name;
  find(article, ".base-url").textContent = facts.url;
  const endpoints = facts.tokenEndpoints.map((endpoint) => element("code", {}, endpoint));
  find(article, ".endpoints").append(...endpoints);

  const token = /** @type {HTMLTextAreaElement} */ (find(article, "[name=accessToken]"));
  const forms = grantForms(name, facts.grants, (accessToken) => {
    token.value = accessToken;
    refresh();
  });
  find(article, ".grants").append(...forms);
  resource(find(article, ".resource-request"), name, token, refresh);
  lifetime(find(article, ".lifetime"), name, facts);
  const showFaults = faultsView(find(article, ".faults"), name, facts, refresh);

  const reset = /** @type {HTMLButtonElement} */ (find(article, ".reset-counts"));
  reset.addEventListener("click", async () => {
    await control("DELETE", `${name}/counts`);
    await refresh();
  });

  return {
    article,
    update({ counts, faults }) {
      for (const place of article.querySelectorAll("[data-count]")) {
        const count = String(counts[place.getAttribute("data-count") ?? ""]);
        if (place.textContent !== count) place.textContent = count;
      }
      showFaults(faults);
    },
  };
}

/**
 * @param {HTMLElement} card
 * @param {string} vendor
 * @param {HTMLTextAreaElement} token
 * @param {() => Promise<void>} refresh
 */
function resource(card, vendor, token, refresh) {
  const form = find(card, "form");
  const message = find(card, ".message");
  /** @param {string} selector */
  const button = (selector) => /** @type {HTMLButtonElement} */ (find(card, selector));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(button("[type=submit]"), message, async () => {
      const accessToken = token.value.trim();
      showTrial(find(card, ".trial"), await control("POST", `${vendor}/resource-request`, { accessToken }));
      await refresh();
    });
  });
  button(".revoke").addEventListener("click", () =>
    run(button(".revoke"), message, async () => {
      const { revoked } = await control("POST", `${vendor}/revoke`, { accessToken: token.value.trim() });
      return revoked === 1 ? "The token is revoked." : "That is not a live token.";
    }),
  );
  button(".revoke-all").addEventListener("click", () =>
    run(button(".revoke-all"), message, async () => {
      const { revoked } = await control("POST", `${vendor}/revoke-all`);
      return revoked === 0 ? "There was no live token." : `Revoked: ${revoked}.`;
    }),
  );
}

/**
 * @param {HTMLElement} card
 * @param {string} vendor
 * @param {Vendor} facts
 */
function lifetime(card, vendor, facts) {
  const input = /** @type {HTMLInputElement} */ (find(card, "input"));
  const button = /** @type {HTMLButtonElement} */ (find(card, "button"));
  input.value = String(facts.lifetime);
  find(card, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    run(button, find(card, ".message"), async () => {
      const set = await control("PUT", `${vendor}/lifetime`, { lifetime: Number(input.value) });
      return `New tokens live ${set.lifetime} s.`;
    });
  });
}
