// <select data-combobox> (data-url: JSON [{value, text, hint}] for ?q=…; data-create: allow new values), by tom-select,
// loaded only on pages that need it. Without JavaScript the select stays a select and the <input> a text field:
// one value, or several with data-several, separated by commas; data-data: JSON with the labels of current values.
const words = document.getElementById("words").dataset;
const said = document.createElement("div");
said.className = "sr-only";
said.setAttribute("role", "status");
let library = null;

function load() {
  document.body.append(said);
  return new Promise((ready) => {
    const script = document.createElement("script");
    script.src = document.body.dataset.tomSelect;
    script.onload = ready;
    document.head.append(script);
  });
}

function say(count) {
  said.textContent = count === 1 ? words.resultsOne : count ? words.results.replace("{}", count) : words.none;
}

function options(field) {
  const { url, create, several } = field.dataset;
  const many = field.multiple || several !== undefined;
  const line = (data, escape) => `<div>${escape(data.text)}${data.hint ? `<small>${escape(data.hint)}</small>` : ""}</div>`;
  return {
    dataAttr: "data-data",
    create: create !== undefined,
    createOnBlur: create !== undefined,
    maxOptions: 200,
    refreshThrottle: url ? 200 : 0,
    ...(field.matches("input") && { maxItems: many ? null : 1, delimiter: many ? "," : "\n" }),
    plugins: many ? { remove_button: { title: words.remove, label: "×" } } : [],
    onType() { if (!url) say(this.currentResults?.items.length ?? 0); },
    onChange() { field.dispatchEvent(new Event("input", { bubbles: true })); },
    ...(url && {
      load(query, done) {
        this.clearOptions();
        fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } })
          .then((answer) => (answer.ok ? answer.json() : []))
          .then((found) => { if (query === this.lastValue) say(found.length); done(query === this.lastValue ? found : []); })
          .catch(() => done());
      },
      searchField: [],
      score: () => () => 1,
      shouldLoad: (query) => query.length > 0,
    }),
    render: {
      option: line,
      option_create: (data, escape) => `<div class="create">${escape(words.create).replace("{}", escape(data.input))}</div>`,
      no_results: () => `<div class="no-results">${words.none}</div>`,
      loading: () => `<div class="loading">${words.searching}</div>`,
    },
  };
}

async function attach(root) {
  const fields = [...root.querySelectorAll("[data-combobox]")].filter((field) => !field.tomselect);
  if (!fields.length) return;
  await (library ??= load());
  for (const field of fields.filter((field) => !field.tomselect && field.isConnected)) {
    const { required } = field; // the browser's own validation would point at the hidden field, and outline it from the start
    field.required = false;
    const focused = document.activeElement === field;
    const box = new TomSelect(field, options(field));
    if (focused) box.focus(); // a dialog that opens with focus on this field
    for (const name of ["aria-describedby", "aria-invalid", "aria-label", "aria-required"]) {
      if (field.hasAttribute(name)) box.control_input.setAttribute(name, field.getAttribute(name));
    }
    field.setAttribute("aria-hidden", "true"); // the combo box is announced instead
    if (required) box.control_input.setAttribute("aria-required", "true");
    // If the user types fast and presses Enter, results for an earlier input must not be selected.
    box.control_input.addEventListener("input", () => box.clearActiveOption(), { capture: true });
    if (field.hasAttribute("aria-label")) box.dropdown_content.setAttribute("aria-label", field.getAttribute("aria-label"));
  }
}
attach(document);
document.addEventListener("htmx:load", (event) => attach(event.target));
