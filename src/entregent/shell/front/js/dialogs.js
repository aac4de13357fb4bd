// <a href="…" data-dialog> opens its page as a dialog; [data-opens="id"] opens a dialog of the page. Escape closes.
const dialog = document.getElementById("dialog");
let opener = null;

function open(box, from) {
  opener = from;
  if (!box.open) box.showModal();
  const aims = ["[data-errors]", "[autofocus]:not([hidden])", "form :is(input:not([type=hidden]), select, textarea):not([hidden])", ".bar [data-close]", "[tabindex='-1']"];
  aims.map((aim) => box.querySelector(aim)).find(Boolean)?.focus(); // without a field, focus the safe button
}

function close(box) {
  if (!box.dispatchEvent(new Event("entregent:closing", { bubbles: true, cancelable: true }))) return;
  box.close();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (link && plain) {
    event.preventDefault();
    opener = link;
    htmx.ajax("GET", link.href, { target: "#dialog", swap: "innerHTML", source: link });
  }
  const asked = event.target.closest("[data-opens]");
  if (asked) open(document.getElementById(asked.dataset.opens), asked);
  const closer = event.target.closest("[data-close]");
  const box = closer?.closest("dialog");
  if (box) {
    event.preventDefault();
    close(box);
  } else if (event.target.matches("dialog[open]")) close(event.target); // click on the backdrop
});
document.addEventListener("cancel", (event) => { event.preventDefault(); close(event.target); }, true);
document.addEventListener("close", (event) => {
  if (event.target === dialog) dialog.replaceChildren();
  if (opener?.isConnected) opener.focus();
}, true);

// Responses to forms in a dialog are shown in it; the same page works standalone, with no htmx in its markup.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== dialog) return;
  for (const form of dialog.querySelectorAll("form[method='post']:not([hx-post])")) {
    form.setAttribute("hx-post", form.getAttribute("action") || event.detail.pathInfo.requestPath);
    form.setAttribute("hx-target", "#dialog");
    form.setAttribute("hx-swap", "innerHTML");
    if (form.enctype === "multipart/form-data") form.setAttribute("hx-encoding", form.enctype);
    htmx.process(form);
  }
  if (dialog.childElementCount) open(dialog, opener);
});
