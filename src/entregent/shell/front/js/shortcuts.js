// `/` search, `?` list of shortcuts, j k rows, x tick, Alt+1…9 toolbox. body[data-single-keys=off] leaves only Alt.
const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const shown = (element) => element.checkVisibility?.() ?? true;

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter(shown);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  (row?.querySelector("[data-open]") || row?.querySelector("a"))?.focus();
}

const KEYS = {
  "/": () => [...document.querySelectorAll("[data-search]")].find(shown)?.select(),
  "?": () => document.getElementById("shortcuts")?.showModal(),
  j: () => step(1),
  k: () => step(-1),
  x: () => document.activeElement.closest("[data-row]")?.querySelector("[data-select-row]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && /^Digit[1-9]$/.test(event.code)) {
    const tool = document.querySelector(`[data-key="${event.code.slice(5)}"]`);
    if (tool) { event.preventDefault(); tool.click(); }
    return;
  }
  const off = document.body.dataset.singleKeys === "off";
  if (off || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]") || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
