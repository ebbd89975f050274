// @ts-check
import { readVendors } from "./api.js";
import { element, find } from "./dom.js";
import { vendorView } from "./vendor-view.js";

/** Milliseconds between two looks at the counts, while somebody looks at the page. */
const INTERVAL = 1000;

const main = find(document, "#main");
const connection = find(document, "#connection");
/** @type {Map<string, { link: HTMLElement } & ReturnType<typeof vendorView>>} */
const views = new Map();

/** Shows what has changed since the last look. */
async function refresh() {
  try {
    const vendors = await readVendors();
    if (views.size === 0) build(vendors);
    for (const [name, facts] of Object.entries(vendors)) {
      const view = views.get(name);
      if (!view) continue;
      view.update(facts);
      const { tokenRequests = 0, resourceRequests = 0 } = facts.counts;
      find(view.link, ".requests").textContent = many(tokenRequests + resourceRequests, "request");
      find(view.link, ".faulty").textContent = many(facts.faults.length, "fault");
    }
    say("live", "Live");
  } catch (error) {
    say("lost", error instanceof Error ? `${error.message} Trying again…` : String(error));
  }
}

/**
 * @param {number} count
 * @param {string} what
 */
function many(count, what) {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"}`;
}

/**
 * @param {string} kind
 * @param {string} text
 */
function say(kind, text) {
  // What is said again would be read out again.
  if (connection.textContent === text) return;
  connection.className = `connection ${kind}`;
  connection.textContent = text;
}

/** @param {Record<string, import("./api.js").Vendor>} vendors */
function build(vendors) {
  find(document, "#loading").remove();
  for (const [name, facts] of Object.entries(vendors)) {
    const label = ["name", "requests", "faulty"].map((part) => element("span", { class: part }));
    const link = element("a", { href: `#${name}` }, ...label);
    find(link, ".name").textContent = name;
    find(document, "#vendors").append(element("li", {}, link));
    const view = vendorView(name, facts, refresh);
    main.append(view.article);
    views.set(name, { ...view, link });
  }
  showChosen();
}

/** Shows the vendor that the fragment of the URL names, else the first one. */
function showChosen() {
  const wanted = location.hash.slice(1);
  const chosen = views.has(wanted) ? wanted : [...views.keys()][0];
  for (const [name, { article, link }] of views) {
    article.hidden = name !== chosen;
    if (name === chosen) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${chosen} · auth-sandbox console`;
}

async function watch() {
  if (!document.hidden) await refresh();
  setTimeout(watch, INTERVAL);
}

addEventListener("hashchange", showChosen);
watch();
