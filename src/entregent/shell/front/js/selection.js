// [data-selection] contains check boxes [data-select-row]: Shift for ranges, the whole page, all matches; shows the count.
const rows = (box) => [...box.querySelectorAll("[data-select-row]")];
let last = null;

function show(box) {
  const ticked = rows(box).filter((row) => row.checked).length;
  const all = box.querySelector("[data-select-page]");
  if (all) {
    all.checked = ticked > 0 && ticked === rows(box).length;
    all.indeterminate = ticked > 0 && !all.checked;
  }
  const whole = box.querySelector("input[data-select-all]");
  const bar = box.querySelector("[data-selection-bar]");
  const count = box.querySelector("[data-selection-count]");
  if (bar) bar.hidden = !ticked;
  if (!count) return;
  const { one, many, all: every } = count.dataset;
  count.textContent = !ticked ? "" : whole?.checked ? every : ticked === 1 ? one : many.replace("{}", ticked);
}

function matchAll(box, yes) {
  const whole = box.querySelector("input[data-select-all]");
  if (whole) whole.checked = yes;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-selection]");
  if (!box) return;
  if (event.target.matches("[data-select-row]")) {
    const list = rows(box);
    if (event.shiftKey && list.includes(last)) {
      const [from, to] = [list.indexOf(last), list.indexOf(event.target)].sort((a, b) => a - b);
      list.slice(from, to + 1).forEach((row) => (row.checked = event.target.checked));
    }
    last = event.target;
    matchAll(box, false);
  } else if (event.target.matches("[data-select-page]")) {
    rows(box).forEach((row) => (row.checked = event.target.checked));
    matchAll(box, false);
  } else if (event.target.matches("[data-select-all]")) {
    rows(box).forEach((row) => (row.checked = event.target.checked));
  } else return;
  show(box);
});
const attach = (root) => root.querySelectorAll("[data-selection]").forEach(show);
document.addEventListener("htmx:load", (event) => {
  attach(event.target);
  const around = event.target.closest("[data-selection]");
  if (around) show(around);
});
addEventListener("pageshow", () => attach(document)); // the browser's Back button keeps the ticks
