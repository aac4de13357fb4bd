// <input type="file" data-max-bytes data-too-large>: says at once that a file is too large, instead of after its upload.
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[data-max-bytes]")) return;
  const large = [...input.files].some((file) => file.size > Number(input.dataset.maxBytes));
  input.setCustomValidity(large ? input.dataset.tooLarge : "");
  if (large) input.reportValidity();
});
document.addEventListener("submit", (event) => {
  const input = event.target.querySelector("input[data-max-bytes]");
  if (!input || input.checkValidity()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  input.reportValidity();
}, true);
