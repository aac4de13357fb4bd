// <input type="tel">: says below the field, once it is left, that a number looks incomplete. It is no error.
const { phoneCheck } = document.body.dataset;
let number = 0;

async function check(field) {
  const note = document.getElementById(field.dataset.warned || "") || make("div", { class: "hint warn", role: "status", id: `phone-${(number += 1)}` });
  const country = field.form?.elements.namedItem("country")?.value || "";
  const value = field.value.trim();
  const answer = value && (await fetch(`${phoneCheck}?q=${encodeURIComponent(value)}&country=${country}`).catch(() => null));
  const { warning } = answer?.ok ? await answer.json() : {};
  if (field.value.trim() !== value) return;
  if (!note.isConnected) field.after(note);
  note.textContent = warning || "";
  if (field.dataset.warned) return;
  field.dataset.warned = note.id;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${note.id}`.trim());
}

if (phoneCheck) document.addEventListener("change", ({ target }) => target.matches("input[type=tel]") && check(target));
