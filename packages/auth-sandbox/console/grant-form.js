// @ts-check
import { control } from "./api.js";
import { copyOf, element, find, run } from "./dom.js";
import { showTrial } from "./trial-view.js";

/** What can be exchanged once, and what to do for another one. */
const SINGLE_USE = ["code", "refreshToken"];

/**
 * Makes the form that asks a vendor for a token by one grant.
 *
 * @param {string} vendor
 * @param {string} grant
 * @param {(accessToken: string) => void} onToken
 * @returns {HTMLFormElement}
 */
export function grantForm(vendor, grant, onToken) {
  const form = /** @type {HTMLFormElement} */ (find(copyOf("grant-form"), "form"));
  const fields = find(form, ".fields");
  const message = find(form, ".message");
  const send = /** @type {HTMLButtonElement} */ (find(form, "[type=submit]"));
  const refill = /** @type {HTMLButtonElement} */ (find(form, ".refill"));
  form.setAttribute("aria-label", grant);

  async function fill() {
    const { grant: _, ...credentials } = await control("POST", `${vendor}/credentials`, { grant });
    fields.replaceChildren(
      ...Object.entries(credentials).map(([name, value]) => {
        const input = element("input", { name, value, autocomplete: "off", spellcheck: "false" });
        return element("label", {}, name, input);
      }),
    );
    const once = Object.keys(credentials).find((name) => SINGLE_USE.includes(name));
    const hint = find(form, ".single-use");
    hint.hidden = once === undefined;
    hint.textContent = `${once} works once, and sending it again revokes what came of it. “Reset values” makes another one.`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(send, message, async () => {
      // A field that is left empty is not sent.
      const given = [...new FormData(form)].filter(([, value]) => value !== "");
      const credentials = Object.fromEntries(given);
      const trial = await control("POST", `${vendor}/token-request`, { grant, credentials });
      showTrial(find(form, ".trial"), trial);
      if (trial.accessToken) onToken(trial.accessToken);
    });
  });
  refill.addEventListener("click", () => run(refill, message, fill));
  run(refill, message, fill);
  return form;
}

/**
 * Makes the choice between the grants of a vendor: nothing but its form where there is one.
 *
 * @param {string} vendor
 * @param {readonly string[]} grants
 * @param {(accessToken: string) => void} onToken
 * @returns {Element[]}
 */
export function grantForms(vendor, grants, onToken) {
  const forms = grants.map((grant) => grantForm(vendor, grant, onToken));
  const radios = grants.map((grant) => {
    const radio = element("input", { type: "radio", name: `${vendor}-grant`, value: grant });
    radio.addEventListener("change", () => show(grant));
    return /** @type {HTMLInputElement} */ (radio);
  });
  const labels = radios.map((radio) => element("label", {}, radio, element("span", {}, radio.value)));
  /** @param {string | undefined} chosen */
  function show(chosen) {
    grants.forEach((grant, index) => {
      const [form, radio] = [forms[index], radios[index]];
      if (form) form.hidden = grant !== chosen;
      if (radio) radio.checked = grant === chosen;
    });
  }
  show(grants[0]);
  return [element("fieldset", { class: "choice" }, element("legend", {}, "Grant"), ...labels), ...forms];
}
