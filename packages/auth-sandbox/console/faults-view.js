// @ts-check
import { control } from "./api.js";
import { element, find, run } from "./dom.js";

/** What people try most, by what it says on the button. */
const PRESETS = {
  "503, twice": { status: 503, times: 2 },
  "429, Retry-After 2 s": { status: 429, retryAfter: 2, times: 1 },
  "Cut the connection once": { drop: true, times: 1 },
  "Respond after 3 s": { delay: 3000, times: 1 },
  "No token in the body": { body: "no-token", times: 1 },
  "API refuses once": { on: "resource", status: 401, times: 1 },
};

const NUMBERS = ["times", "status", "delay", "clockOffset"];

/**
 * Makes a vendor's faults work.
 *
 * @param {HTMLElement} card
 * @param {string} vendor
 * @param {import("./api.js").Vendor} facts
 * @param {() => Promise<void>} refresh
 * @returns {(faults: readonly Record<string, unknown>[]) => void} shows those that are in force
 */
export function faultsView(card, vendor, { faultBodies, faultExamples }, refresh) {
  const message = find(card, ".message");
  const form = /** @type {HTMLFormElement} */ (find(card, "form"));
  const list = find(card, ".in-force");

  /**
   * @param {HTMLElement} button
   * @param {string} method
   * @param {() => object | undefined} body
   */
  const changes = (button, method, body) =>
    run(/** @type {HTMLButtonElement} */ (button), message, async () => {
      await control(method, `${vendor}/faults`, body());
      await refresh();
    });

  for (const [name, fault] of Object.entries(PRESETS)) {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => changes(button, "POST", () => fault));
    find(card, ".presets").append(button);
  }
  for (const [name, values] of Object.entries({ body: faultBodies, example: faultExamples })) {
    const options = values.map((value) => element("option", { value }, value));
    find(form, `[name=${name}]`).append(...options);
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changes(find(form, "[type=submit]"), "POST", () => faultOf(new FormData(form)));
  });
  const clear = element("button", { type: "button", class: "quiet" }, "Clear all faults");
  clear.addEventListener("click", () => changes(clear, "DELETE", () => undefined));
  list.after(clear);

  return (faults) => {
    clear.hidden = faults.length === 0;
    find(card, ".none").hidden = faults.length > 0;
    const texts = faults.map(described);
    const shown = [...list.children].map(({ textContent }) => textContent);
    if (texts.join("\n") === shown.join("\n")) return;
    list.replaceChildren(...texts.map((text) => element("li", {}, text)));
  };
}

/**
 * A fault in words, such as "status 503, next 2 token requests".
 *
 * @param {Record<string, unknown>} fault
 */
function described({ on = "token", times, ...effects }) {
  const words = Object.entries(effects).map(([name, value]) => (value === true ? name : `${name} ${value}`));
  const many = times === undefined ? "all" : times === 1 ? "next" : `next ${times}`;
  return `${words.join(", ")} · ${many} ${on} request${times === 1 ? "" : "s"}`;
}

/**
 * The fault that a form describes; what is left empty is left out.
 *
 * @param {FormData} data
 */
function faultOf(data) {
  const given = [...data].filter(([, value]) => value !== "");
  return Object.fromEntries(
    given.map(([name, value]) => {
      const isNumber = NUMBERS.includes(name) || (name === "retryAfter" && /^\d+$/.test(String(value)));
      return [name, value === "on" && name !== "on" ? true : isNumber ? Number(value) : value];
    }),
  );
}
