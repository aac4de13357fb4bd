// [data-errors]: focuses the summary of a form's errors; its links lead to the fields.
const attach = (root) => (root.matches?.("[data-errors]") ? root : root.querySelector("[data-errors]"))?.focus();
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
