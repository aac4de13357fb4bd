// [data-theme-switch] holds buttons light, dark and "" (the device's own); kept a year in a cookie that the server reads.
const root = document.documentElement;

function show() {
  for (const button of document.querySelectorAll("[data-theme-switch] button"))
    button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme || "")));
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-theme-switch] button");
  if (!button) return;
  if (button.value) root.dataset.theme = button.value;
  else delete root.dataset.theme;
  document.cookie = `theme=${button.value}; path=/; max-age=${button.value ? 31536000 : 0}; SameSite=Lax`;
  show();
});
show();
