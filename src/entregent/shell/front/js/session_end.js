// <template id="session-end" data-left data-url>: warns two minutes before the session ends (std D19).
const notice = document.getElementById("session-end");
const AHEAD = 130;
const messages = document.getElementById("messages");
let shown = null;
let timer = 0;

function show(id) {
  shown?.remove();
  messages.append(document.getElementById(id).content.cloneNode(true));
  shown = messages.lastElementChild;
}
function wait(seconds) {
  clearTimeout(timer);
  // Timers of a sleeping device fire late: check at least every minute.
  timer = setTimeout(look, Math.min(Math.max(seconds, 1), 60) * 1000);
}
let announceAt = 0;
function alive(left) {
  shown?.remove();
  shown = null;
  announceAt = Date.now() + (left - AHEAD) * 1000;
  wait(left - AHEAD);
}
async function look() {
  if (Date.now() < announceAt) return wait((announceAt - Date.now()) / 1000);
  // Another tab may have kept the session alive.
  const left = await ask("GET").catch(() => null);
  if (left === null) return wait(30);
  if (left > AHEAD) return alive(left);
  if (left <= 0) return show("session-ended");
  if (!shown) show("session-end");
  wait(left + 2);
}
async function ask(method) {
  const headers = method === "POST" ? JSON.parse(document.body.getAttribute("hx-headers")) : {};
  const response = await fetch(notice.dataset.url, { method, headers });
  return response.ok ? (await response.json()).left : 0;
}
if (notice) {
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-stay]")) return;
    const left = await ask("POST").catch(() => null);
    if (left) alive(left);
    else if (left === 0) show("session-ended");
  });
  alive(Number(notice.dataset.left));
}
