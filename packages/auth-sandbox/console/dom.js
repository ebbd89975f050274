// @ts-check

/**
 * A copy of what is in a template of the page.
 *
 * @param {string} id
 * @returns {DocumentFragment}
 */
export function copyOf(id) {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`there is no template ${id}`);
  return /** @type {DocumentFragment} */ (template.content.cloneNode(true));
}

/**
 * The first element of this kind that a selector finds.
 *
 * @template {Element} [E=HTMLElement]
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {E}
 */
export function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return /** @type {E} */ (/** @type {unknown} */ (found));
}

/**
 * Makes an element.
 *
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(string | Node)} children
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/**
 * Runs what a button starts. Meanwhile the button cannot be pressed; afterwards the message says what went wrong, or is done.
 *
 * @param {HTMLButtonElement} button
 * @param {Element} message
 * @param {() => Promise<string | void>} action
 */
export async function run(button, message, action) {
  // A button that cannot be pressed loses the focus.
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  message.className = "message";
  message.textContent = "";
  try {
    message.textContent = (await action()) ?? "";
  } catch (error) {
    message.className = "message error";
    message.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    button.disabled = false;
    button.removeAttribute("aria-busy");
    if (hadFocus && document.activeElement === document.body) button.focus();
  }
}
