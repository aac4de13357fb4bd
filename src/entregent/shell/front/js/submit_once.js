// <form data-once>: ignores a second submit; the browser's Back button makes the form usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  // A file download does not leave the page: allow submitting again a little later.
  setTimeout(() => free(form), 8000);
});
function free(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}
const freeAll = () => document.querySelectorAll("form[data-sent]").forEach(free);
addEventListener("pageshow", freeAll);
document.addEventListener("htmx:afterRequest", freeAll);
