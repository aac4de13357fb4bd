// After a change the focus goes where a person goes on: to the link whose dialog made the change, to what the page
// marks as [data-next], else to its heading. A field that the page focuses itself comes first.
const OPENER = "opener";
const linksTo = (href) => [...document.querySelectorAll("a[data-dialog]")].filter((link) => link.getAttribute("href") === href);

document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[data-dialog]");
  if (link && !link.closest("dialog")) sessionStorage.setItem(OPENER, JSON.stringify([link.getAttribute("href"), linksTo(link.getAttribute("href")).indexOf(link)]));
});

function goOn() {
  const [href, place] = JSON.parse(sessionStorage.getItem(OPENER) || "[]");
  sessionStorage.removeItem(OPENER);
  const busy = document.activeElement !== document.body || document.querySelector("[autofocus], [data-errors]");
  if (busy || !document.querySelector("#messages [data-message]")) return;
  const heading = document.querySelector("main h1");
  const aim = linksTo(href)[place] || document.querySelector("[data-next]:not([hidden])") || heading;
  if (aim === heading) heading?.setAttribute("tabindex", "-1");
  aim?.focus({ preventScroll: true });
}
goOn();
