// Runs before the first paint. Redoc and the guides keep the choice of light or dark under different names; the guides' name leads.
const root = document.documentElement;
const asSystem = () => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
const stored = localStorage.getItem("vitepress-theme-appearance");
let mode = stored === "dark" || stored === "light" ? stored : asSystem();

localStorage.setItem("redoc.colorMode", mode);
root.classList.add(mode);

new MutationObserver(() => {
  const now = root.classList.contains("dark") ? "dark" : "light";
  if (now === mode) return;
  mode = now;
  localStorage.setItem("vitepress-theme-appearance", mode);
}).observe(root, { attributeFilter: ["class"] });

// The page is rendered as it looks at the token endpoint, and Redoc takes over from there.
if (location.hash === "") history.replaceState(null, "", `#${root.dataset.route}`);

// Redoc prepares its search in a worker made by eval, which the content security policy forbids. Without workers it prepares it here.
globalThis.Worker = undefined;

// On a phone the bar holds more vendors than it shows.
addEventListener("DOMContentLoaded", () => {
  document
    .querySelector(".portal-bar [aria-current]")
    ?.scrollIntoView({ block: "nearest", inline: "center" });
});
