// <details data-menu>: closes on a click outside, on Escape (focus returns to its button), and when another opens.
const opened = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("focusin", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details[data-menu][open]");
  if (!menu) return;
  const items = [...menu.querySelectorAll(".menu-list :is(a, button)")].filter((item) => item.checkVisibility());
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const by = event.key === "ArrowDown" ? 1 : -1;
    items.at((items.indexOf(document.activeElement) + by + (by < 0 && !menu.contains(document.activeElement) ? 1 : 0)) % items.length)?.focus();
  }
});
