// [data-message]: closes by its cross, or after 25 s if it offers no action (std D13) and is not hovered or focused.
const STAYS = 25_000;

document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-message]").remove());

function watch(message) {
  message.dataset.watched = "";
  if ("keep" in message.dataset || message.getAttribute("role") === "alert") return;
  const leave = () => (message.matches(":hover, :focus-within") ? setTimeout(leave, STAYS) : message.remove());
  setTimeout(leave, STAYS);
}
const attach = () => document.querySelectorAll("[data-message]:not([data-watched])").forEach(watch);
attach();
document.addEventListener("htmx:oobAfterSwap", attach);

const tell = (id, text = "") => {
  // While a dialog is open, nothing outside it can be read or closed.
  const place = document.querySelector("dialog[open]") || document.getElementById("messages");
  const message = document.getElementById(id).content.cloneNode(true);
  if (text) message.querySelector("p").textContent = text;
  place.prepend(message);
  attach();
};
document.addEventListener("htmx:sendError", () => tell("network-lost"));
document.addEventListener("htmx:responseError", (event) => {
  // The page of a full disk, of too many requests… says more than "this could not be done".
  const main = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").querySelector("#main");
  tell("refused", main ? [...main.querySelectorAll("h1, p:not(.buttons)")].map((part) => part.textContent.trim()).join(" – ") : "");
});
