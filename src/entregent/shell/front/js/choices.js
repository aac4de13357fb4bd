// The list of a combobox (ARIA): window.Choices draws it, walks it and places it, for any <input> that says what it
// offers. The lists open in the top layer, above dialogs, and never over the main button of their form.
const words = document.getElementById("words").dataset;
const open = new Set();

window.fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/\s+/g, " ").trim().toLowerCase();
window.make = (name, attributes = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
};

window.Choices = class {
  // frame: what the list is as wide as; below: what it must not cover; choose: called with the option that is taken.
  constructor({ input, id, frame, below, several, choose }) {
    Object.assign(this, { input, frame, below, choose, options: [], active: -1 });
    this.list = make("div", { role: "listbox", id: `${id}-list`, tabindex: "-1", ...(several && { "aria-multiselectable": "true" }) });
    this.status = make("p", { class: "muted" });
    this.panel = make("div", { class: "choices", popover: "manual" }, this.list, this.status);
    this.panel.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the input
    const roles = { role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false" };
    for (const [key, value] of Object.entries({ ...roles, "aria-controls": this.list.id })) input.setAttribute(key, value);
  }

  get open() {
    return open.has(this);
  }

  get chosen() {
    return this.open ? this.options[this.active] : undefined;
  }

  // options: [{value, text, hint, chosen, create}]; without any, ``otherwise`` is said.
  draw(options, otherwise, sought = "") {
    this.options = options;
    this.list.replaceChildren(...options.map((option, at) => this.line(option, at, sought)));
    this.list.hidden = !options.length;
    this.status.hidden = Boolean(options.length);
    this.status.textContent = options.length ? "" : otherwise;
    if (!this.open) this.panel.showPopover();
    open.add(this);
    this.input.setAttribute("aria-expanded", String(Boolean(options.length)));
    this.activate(-1);
    this.place();
  }

  line(option, at, sought) {
    const { text, hint, chosen, create } = option;
    const line = make("div", { role: "option", id: `${this.list.id}-${at}`, "aria-selected": String(Boolean(chosen)) });
    line.append(...(create ? [words.create.replace("{}", () => text)] : this.marked(text, fold(sought))), ...(hint ? [make("small", {}, hint)] : []));
    if (create) line.className = "create";
    line.addEventListener("click", () => this.choose(option));
    return line;
  }

  marked(text, sought) {
    const at = sought && fold(text).length === text.length ? fold(text).indexOf(sought) : -1;
    if (at < 0) return [text];
    return [text.slice(0, at), make("mark", {}, text.slice(at, at + sought.length)), text.slice(at + sought.length)];
  }

  activate(at) {
    this.list.querySelector(".active")?.classList.remove("active");
    this.active = Math.min(at, this.options.length - 1);
    const line = this.list.children[this.active];
    line?.classList.add("active");
    line?.scrollIntoView({ block: "nearest" });
    if (line) this.input.setAttribute("aria-activedescendant", line.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  move(step) {
    const last = this.options.length - 1;
    const next = this.active + step;
    this.activate(next > last ? 0 : next < 0 ? last : next);
  }

  close() {
    if (this.open) this.panel.hidePopover();
    open.delete(this);
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  // Below the field or above its label, where there is room.
  place() {
    const { left, width, top: head, bottom: end } = this.frame.getBoundingClientRect();
    const upper = Math.min(head, this.input.labels?.[0]?.getBoundingClientRect().top ?? head);
    const lower = Math.max(end, this.below?.getBoundingClientRect().bottom ?? 0);
    const [top, bottom] = this.room(left, left + width, upper);
    this.panel.style.maxBlockSize = "";
    const height = this.panel.offsetHeight;
    const [above, below] = [upper - top - 8, bottom - lower - 8];
    const up = below < Math.min(height, 160) && above > below;
    const size = Math.min(height, Math.max(up ? above : below, 44));
    const at = up ? upper - 4 - size : lower + 4;
    Object.assign(this.panel.style, { left: `${left}px`, top: `${at}px`, width: `${width}px`, maxBlockSize: `${size}px` });
  }

  // Where a list may be: between the page's head and what its form is sent with.
  room(left, right, upper) {
    const view = window.visualViewport;
    const head = this.frame.closest("dialog") ? null : document.querySelector(".topbar");
    let [top, bottom] = [Math.max(8, head?.getBoundingClientRect().bottom ?? 0), view.offsetTop + view.height - 8];
    const { form } = this.input;
    for (const button of form?.querySelectorAll(form.querySelector(".bar") ? ".bar" : "[type=submit]:not(.sr-only)") ?? []) {
      const box = button.getBoundingClientRect();
      if (!box.height || box.left > right || box.right < left) continue;
      if (box.top > upper) bottom = Math.min(bottom, box.top);
      else top = Math.max(top, box.bottom);
    }
    return [top, bottom];
  }
};

const place = () => open.forEach((choices) => (choices.panel.isConnected ? choices.place() : open.delete(choices)));
addEventListener("scroll", place, { capture: true, passive: true });
addEventListener("resize", place);
window.visualViewport.addEventListener("resize", place);
