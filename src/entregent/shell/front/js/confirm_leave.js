// <form data-confirm-leave>: asks before leaving a page where something was typed and not sent.
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

// A dialog holds a form of its own: closing it is leaving too.
document.addEventListener("entregent:closing", (event) => {
  const inside = [...changed].filter((form) => event.target.contains(form));
  if (inside.length && !confirm(words().leave)) event.preventDefault();
  else inside.forEach((form) => changed.delete(form));
});
