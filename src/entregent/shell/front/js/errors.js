// [data-errors]: the summary of a form's errors. The first wrong field gets the focus, the summary if none is at hand;
// its links lead to the fields.
const WRONG = "[aria-invalid=true]:not([hidden], [type=hidden])";
function attach(root) {
  const summary = root.matches?.("[data-errors]") ? root : root.querySelector("[data-errors]");
  const wrong = summary?.closest("form, dialog, main")?.querySelector(WRONG);
  wrong?.closest("details:not([open])")?.setAttribute("open", "");
  (wrong || summary)?.focus();
}
attach(document);
document.addEventListener("htmx:load", (event) => attach(event.target));
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-errors] a");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  const aim = field.matches("input, select, textarea") ? field : field.querySelector("input") || field;
  aim.focus();
});
