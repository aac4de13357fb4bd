// <form data-draft>: what is typed stays in this tab until it is saved, and comes back after a lost session or network.
const user = document.body.dataset.user || "";
const isBare = "bare" in document.body.dataset;
const PREFIX = "draft:";
const keyOf = (form) => `${PREFIX}${user}:${location.pathname}:${form.id || form.getAttribute("action") || ""}`;
const kept = (field) => field.name && !["hidden", "password", "file", "submit", "button"].includes(field.type);
const isChoice = (field) => ["checkbox", "radio"].includes(field.type);

function read(form) {
  return [...form.elements].filter(kept).map((field) => [
    field.name,
    isChoice(field) ? [field.value, field.checked] : field.multiple ? [...field.selectedOptions].map((o) => o.value) : field.value,
  ]);
}

function write(form, values) {
  const fields = [...form.elements].filter(kept);
  values.forEach(([name, value], index) => {
    const field = fields[index]?.name === name ? fields[index] : fields.find((one) => one.name === name);
    if (!field) return;
    if (isChoice(field)) field.checked = value[1];
    else if (field.multiple) [...field.options].forEach((option) => (option.selected = value.includes(option.value)));
    else field.value = value;
    field.tomselect?.sync();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function offer(form) {
  const values = JSON.parse(sessionStorage.getItem(keyOf(form)) || "null")?.values;
  if (!values || JSON.stringify(values) === JSON.stringify(read(form))) return;
  write(form, values);
  form.prepend(document.getElementById("draft-found").content.cloneNode(true));
  form.querySelector("[data-discard]").addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.dispatchEvent(new Event("entregent:discarded", { bubbles: true }));
    location.reload();
  });
}

// Sent, and neither the form with its errors nor the sign-in page came back: it was saved.
function settle() {
  if (isBare) return;
  const here = new Set([...document.querySelectorAll("form[data-draft]")].map(keyOf));
  for (const key of Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))) {
    const draft = JSON.parse(sessionStorage.getItem(key));
    if (draft.sent && !here.has(key)) sessionStorage.removeItem(key);
  }
}

document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-draft]");
  if (form && kept(target)) sessionStorage.setItem(keyOf(form), JSON.stringify({ values: read(form) }));
});
document.addEventListener("submit", ({ target }) => {
  if ("forget" in target.dataset) Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
  if ("draft" in target.dataset) sessionStorage.setItem(keyOf(target), JSON.stringify({ values: read(target), sent: true }));
});
settle();
document.querySelectorAll("form[data-draft]:not([data-bound])").forEach(offer);
