// <form data-draft>: keeps the input in this tab until it is saved, and restores it after a lost session or connection.
// The server marks a form that it shows again with the submitted data as data-bound: it needs no restoring.
const PREFIX = `draft:${document.body.dataset.user || ""}:`;
const FORMS = "form[data-draft]:not([data-bound])";
const keyOf = (form) => PREFIX + (form.getAttribute("hx-post") || form.getAttribute("action") || location.pathname) + form.id;
const drafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"));
const get = (key) => JSON.parse(sessionStorage.getItem(key) || "{}");
const put = (key, draft) => sessionStorage.setItem(key, JSON.stringify(draft));
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !("private" in field.dataset) && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(field.type));

function valueOf(field) {
  if (field.options) return [...field.selectedOptions].map((option) => [option.value, option.text]);
  return ["checkbox", "radio"].includes(field.type) ? field.checked : field.value;
}
const read = (form) => fieldsOf(form).map((field) => [field.name, valueOf(field)]);

function set(field, value) {
  if (field.options) {
    for (const [key, text] of value) if (![...field.options].some((option) => option.value === key)) field.add(new Option(text, key));
    for (const option of field.options) option.selected = value.some(([key]) => key === option.value);
  } else if (typeof value === "boolean") field.checked = value;
  else field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function offer(form) {
  const { values } = get(keyOf(form));
  if (!values || JSON.stringify(values) === JSON.stringify(read(form))) return;
  const fields = fieldsOf(form);
  values.forEach(([name, value], at) => fields[at]?.name === name && set(fields[at], value));
  form.prepend(document.getElementById("draft-found").content.cloneNode(true));
  form.querySelector("[data-discard]").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.reset();
    form.querySelector("[data-discard]").closest(".banner").remove();
    form.dispatchEvent(new Event("entregent:discarded", { bubbles: true }));
  });
}

// After submitting: the sign-in page means nothing was saved; a success message, or no form, that all was.
function settle() {
  const saved = document.querySelector("[data-message].success");
  const here = [...document.querySelectorAll("form[data-draft]")].map(keyOf);
  for (const key of drafts().filter((key) => get(key).sent)) {
    if ("bare" in document.body.dataset) put(key, { values: get(key).values });
    else if (saved || !here.includes(key)) sessionStorage.removeItem(key);
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (form) put(keyOf(form), { values: read(form) });
});
document.addEventListener("submit", ({ target }) => {
  if ("forget" in target.dataset) drafts().forEach((key) => sessionStorage.removeItem(key)); // signing out
  if ("draft" in target.dataset) put(keyOf(target), { values: read(target), sent: true });
}, true);
settle();
document.querySelectorAll(FORMS).forEach(offer);
document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll(FORMS).forEach(offer));
