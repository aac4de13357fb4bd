// <form data-confirm-leave>: asks before leaving a page with unsaved input.
const changed = new Set();
const words = () => document.getElementById("words").dataset;

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-confirm-leave]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));
document.addEventListener("entregent:discarded", (event) => changed.delete(event.target));

addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// Closing a dialog with such a form counts as leaving.
document.addEventListener("entregent:closing", (event) => {
  const inside = [...changed].filter((form) => event.target.contains(form));
  if (inside.length && !confirm(words().leave)) event.preventDefault();
  else inside.forEach((form) => changed.delete(form));
});
