// allauth's passkey scripts say what went wrong on the console; people are told on the page.
document.addEventListener("allauth.error", (event) => {
  const sentence = document.getElementById("passkey-failed");
  if (!sentence) return;
  event.preventDefault();
  document.getElementById("messages").replaceChildren(sentence.content.cloneNode(true));
});
