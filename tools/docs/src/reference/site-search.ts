// The site's search on pages that VitePress does not make: the same index, ranked by the same options.
import MiniSearch from "minisearch";
import { type SearchEntry, searchOptions } from "../search/search-options.ts";

const MOST_RESULTS = 16;

/** What is shown of a result; `id` is its URL. Titles are HTML. */
interface Result extends Pick<SearchEntry, "title" | "titles"> {
  readonly id: string;
}

const dialog = document.createElement("dialog");
dialog.className = "site-search";
dialog.ariaLabel = "Search";
dialog.innerHTML = `
  <input type="search" placeholder="Search" aria-label="Search all pages" autocomplete="off" spellcheck="false">
  <p role="status"></p>
  <ul></ul>`;
const field = part("input");
const status = part("p");
const list = part("ul");

let index: Promise<MiniSearch<SearchEntry>> | undefined;

async function loadIndex(): Promise<MiniSearch<SearchEntry>> {
  // Written when the whole site is built.
  const url = new URL("./search-index.js", import.meta.url).href;
  const module: { default: string } = await import(url);
  return MiniSearch.loadJSON<SearchEntry>(module.default, searchOptions);
}

function openSearch(): void {
  if (dialog.open) return;
  index ??= loadIndex();
  // The next opening tries again.
  index.catch(() => {
    index = undefined;
  });
  dialog.showModal();
  field.select();
}

async function showResults(): Promise<void> {
  const query = field.value.trim();
  let found: readonly Result[] = [];
  try {
    if (query !== "") found = ((await index)?.search(query) as unknown as Result[] | undefined) ?? [];
  } catch {
    list.replaceChildren();
    status.textContent = "Search could not be loaded.";
    return;
  }
  // Another letter was typed in the meantime.
  if (query !== field.value.trim()) return;
  status.textContent =
    query === "" ? "" : found.length === 0 ? `No results for "${query}".` : counted(found.length);
  list.innerHTML = found
    .slice(0, MOST_RESULTS)
    .map(({ id, title, titles }) => {
      const above = titles.map((one) => `<span>${one} &rsaquo;</span> `).join("");
      return `<li><a href="${id}">${above}<strong>${title}</strong></a></li>`;
    })
    .join("");
}

function counted(results: number): string {
  const shown = results > MOST_RESULTS ? `, the first ${MOST_RESULTS} shown` : "";
  return `${results} ${results === 1 ? "result" : "results"}${shown}`;
}

/** The arrows go from the field through the results; enter in the field opens the first, escape closes. */
function useKey(event: KeyboardEvent): void {
  const stops: HTMLElement[] = [field, ...list.querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  if (event.key === "Enter" && at === 0) stops[1]?.click();
  // By itself it only empties the field.
  if (event.key === "Escape") dialog.close();
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  stops.at((at + step) % stops.length)?.focus();
}

function isShortcut({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (key === "/")
    return !(target instanceof Element && target.closest("input, textarea, [contenteditable]"));
  return key.toLowerCase() === "k" && (ctrlKey || metaKey);
}

function part<Tag extends "input" | "p" | "ul">(tag: Tag): HTMLElementTagNameMap[Tag] {
  const found = dialog.querySelector(tag);
  if (!found) throw new Error(`expected <${tag}> in the search dialog`);
  return found;
}

document.body.append(dialog);
document.querySelector(".search-button")?.addEventListener("click", openSearch);
field.addEventListener("input", showResults);
dialog.addEventListener("keydown", useKey);
dialog.addEventListener("click", ({ target }) => {
  const isLink = target instanceof Element && target.closest("a");
  // A click beside the dialog reaches the dialog itself.
  if (target === dialog || isLink) dialog.close();
});
// Before Redoc, whose own search has the same shortcut and knows one vendor.
addEventListener(
  "keydown",
  (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    openSearch();
  },
  { capture: true },
);
