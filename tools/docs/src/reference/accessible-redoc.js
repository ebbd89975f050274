// Adds the roles and names that Redoc's elements lack, each time it has rendered.
const NAMES = new WeakMap();

/** Levels without gaps: Redoc goes from a second to a fourth. */
function orderHeadings() {
  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    level = Math.min(own, level + 1);
    if (level === own) heading.removeAttribute("aria-level");
    else heading.setAttribute("aria-level", String(level));
  }
}

/** A button's name contains the words that it shows. */
function nameButtons() {
  for (const button of document.querySelectorAll("button[aria-label]")) {
    const own = NAMES.get(button) ?? button.getAttribute("aria-label");
    NAMES.set(button, own);
    const words = button.textContent.trim().replace(/\s+/g, " ");
    const name = own.toLowerCase().includes(words.toLowerCase()) ? own : `${own}: ${words}`;
    if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
  }
}

/** The list of operations is navigation. */
function nameNavigation() {
  const menu = document.querySelector(".menu-content");
  if (menu) setAll(menu, { role: "navigation", "aria-label": "Reference" });
}

function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes))
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

let waiting = false;
function complete() {
  waiting = false;
  orderHeadings();
  nameButtons();
  nameNavigation();
}

new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(complete);
}).observe(document.documentElement, { childList: true, subtree: true, characterData: true });
addEventListener("load", complete);
