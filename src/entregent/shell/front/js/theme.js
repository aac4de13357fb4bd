// [data-theme-switch] contains the buttons light, dark and device; the choice is stored for a year in a cookie.
const root = document.documentElement;

function show() {
  for (const button of document.querySelectorAll("[data-theme-switch] button"))
    button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme || "device")));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch] button");
  if (!button) return;
  root.dataset.theme = button.value;
  document.cookie = `theme=${button.value}; path=/; max-age=31536000; SameSite=Lax`;
  show();
});
show();
