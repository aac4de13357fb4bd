// [data-combobox]: the ARIA combobox on a <select> or an <input>, which stays the field that is sent, hidden, and is
// all there is without JavaScript. Why it is our own: docs/decisions/0016-our-own-combobox.md.
// data-url: suggestions for ?q=…, JSON [{value, text, hint}], the commonest for no text; else those of the <select>.
// data-create: a new value may be typed. data-several: an <input> holds several values, separated by commas;
// data-data: JSON with the labels of those it has. data-free: any text is a value, the list only helps to type it.
const words = document.getElementById("words").dataset;
const boxes = new WeakMap();
const waiting = new WeakSet(); // forms that are sent once an answer has come
const MOST = 200;
const PAUSE = 120;
let number = 0;
const alike = (one, other) => fold(one) === fold(other);
const insert = (sentence, text) => sentence.replace("{}", () => text);

class Combobox {
  constructor(field) {
    const { url, create, several, free, data } = field.dataset;
    Object.assign(this, { field, url, create: create !== undefined, free: free !== undefined });
    this.several = field.multiple || several !== undefined;
    this.labels = new Map(JSON.parse(data || "[]").map(({ value, text }) => [value, text]));
    this.requests = new Map(); // text → its running request
    this.pending = new Set(); // values that Enter took before their answer came
    this.unknown = []; // texts that Enter took and nothing answers
    this.answered = null; // the text that the list answers
    this.build();
    this.listen();
    this.show();
  }

  build() {
    const { field, several } = this;
    const id = `combobox-${(number += 1)}`;
    const focused = document.activeElement === field || (field.autofocus && document.activeElement === document.body);
    this.frame = make("div", { class: "combobox" });
    this.input = this.free ? field : make("input", { type: "text" });
    if (!this.free) this.take(id);
    field.after(this.frame);
    if (several) this.frame.append(this.chosen);
    this.list = new Choices({ input: this.input, id, frame: this.frame, below: this.note, several, choose: (option) => this.choose(option) });
    this.said = make("div", { class: "sr-only", role: "status" });
    this.frame.append(this.input, this.list.panel, this.said);
    if (!this.free) this.frame.after(this.note);
    const label = this.input.getAttribute("aria-label") || this.input.labels[0]?.textContent.replace("*", "").trim();
    this.list.list.setAttribute("aria-label", label || field.name);
    if (focused) this.input.focus(); // a dialog that opened with its focus here
  }

  // The input takes the field's place: its id, so that labels and errors lead to it, and what describes it.
  take(id) {
    const { field, input } = this;
    this.chosen = make("ul", { class: "chosen", id: `${id}-chosen` });
    this.note = make("div", { class: "hint left", id: `${id}-note`, hidden: "" });
    for (const name of ["id", "aria-label", "aria-invalid", "placeholder", "data-next"]) {
      if (field.hasAttribute(name)) input.setAttribute(name, field.getAttribute(name));
    }
    if (field.required) input.setAttribute("aria-required", "true");
    const described = [field.getAttribute("aria-describedby"), this.several && this.chosen.id, this.note.id];
    input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
    input.disabled = field.disabled;
    field.removeAttribute("id");
    field.required = false;
    field.hidden = true;
  }

  get values() {
    const { field } = this;
    if (field.options) return [...field.selectedOptions].map((option) => option.value).filter(Boolean);
    return (this.several ? field.value.split(",") : [field.value]).map((value) => value.trim()).filter(Boolean);
  }

  set values(values) {
    const { field } = this;
    if (field.options) {
      const known = [...field.options].map((option) => option.value);
      for (const value of values.filter((value) => !known.includes(value))) field.add(new Option(this.label(value), value));
      for (const option of field.options) option.selected = values.includes(option.value);
      if (!this.several && !values.length) field.value = "";
    } else field.value = values.join(",");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  label(value) {
    return this.labels.get(value) ?? [...(this.field.options || [])].find((option) => option.value === value)?.text ?? value;
  }

  get typed() {
    return this.input.value.trim();
  }

  // What is typed and is no value yet.
  get text() {
    if (this.free) return this.typed;
    if (!this.several && this.pending.size) return "";
    return this.several || !this.values[0] || this.typed !== this.label(this.values[0]).trim() ? this.typed : "";
  }

  get left() {
    return this.free ? "" : this.unknown[0] || this.text;
  }

  // Show the field's values, those that wait for an answer, and what is none.
  show() {
    if (this.free) return;
    if (!this.several) this.input.value = this.values.map((value) => this.label(value)).join("");
    else {
      const forget = (text) => { this.unknown = this.unknown.filter((other) => other !== text); this.show(); };
      const drop = (value) => { this.values = this.values.filter((other) => other !== value); };
      this.chosen.replaceChildren(
        ...this.values.map((value) => this.chip(this.label(value), () => drop(value))),
        ...[...this.pending].map(({ text }) => make("li", { class: "waits" }, text)),
        ...this.unknown.map((text) => this.chip(text, () => forget(text), "left")),
      );
    }
    this.warn();
  }

  chip(text, remove, look = "") {
    const button = make("button", { type: "button", class: "remove", tabindex: "-1", "aria-label": `${words.remove} ${text}` }, "×");
    button.disabled = this.input.disabled;
    button.addEventListener("click", () => { remove(); this.input.focus(); });
    return make("li", { class: look }, make("span", {}, text), button);
  }

  // Text that was left without being chosen is shown as such; not while it is typed.
  warn(now = !this.frame.contains(document.activeElement) || this.unknown.length > 0) {
    const text = now ? this.left : "";
    this.frame.classList.toggle("left", Boolean(text));
    this.note.hidden = !text;
    this.note.textContent = text && insert(words.left, text);
  }

  // Open the list for a text; ``first``: the line that becomes the active one.
  search(query, first = -1, pause = 0) {
    Object.assign(this, { first, asked: query });
    clearTimeout(this.timer);
    if (!this.url) return this.answer(query, this.matching(query));
    this.answered = null;
    if (this.list.open && this.list.options.length) this.list.activate(-1);
    else if (!this.free) this.list.draw([], words.searching);
    this.timer = setTimeout(() => this.ask(query).then((found) => this.asked === query && this.answer(query, found)), pause);
  }

  ask(query) {
    if (!this.url) return Promise.resolve(this.matching(query));
    const address = `${this.url}${this.url.includes("?") ? "&" : "?"}q=${encodeURIComponent(query)}`;
    if (!this.requests.has(query)) {
      const request = fetch(address, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
      this.requests.set(query, request);
      request.then(() => this.requests.delete(query));
    }
    return this.requests.get(query);
  }

  matching(query) {
    const parts = fold(query).split(" ");
    const known = [...(this.field.options || [])].filter((option) => option.value && parts.every((part) => fold(option.text).includes(part)));
    const later = (option) => !fold(option.text).startsWith(fold(query));
    return known.sort((one, other) => later(one) - later(other)).slice(0, MOST).map(({ value, text }) => ({ value, text }));
  }

  // What can be chosen for a text: the same one first, to create it last; nothing if the server did not answer.
  offered(query, found) {
    const mine = this.free ? [] : this.values;
    const known = (found || []).map((option) => ({ ...option, chosen: mine.includes(option.value) }));
    const same = known.filter(({ text }) => alike(text, query));
    const rest = known.filter(({ text, chosen }) => !alike(text, query) && (query || !this.several || !chosen));
    const held = same.length || (this.several && mine.some((value) => alike(this.label(value), query)));
    return [...same, ...rest, ...(found && this.create && query && !held ? [{ value: query, text: query, create: true }] : [])];
  }

  answer(query, found) {
    if (!this.frame.contains(document.activeElement)) return;
    this.answered = query;
    const options = this.offered(query, found);
    if (this.free && !options.length) return this.close();
    this.list.draw(options, found ? words.none : words.unanswered, query);
    const natural = query && (!this.free || alike(options[0].text, query)) ? 0 : -1;
    this.list.activate(options.length && this.first < 0 ? natural : this.first);
    const count = options.filter((option) => !option.create).length;
    this.said.textContent = count === 1 ? words.resultsOne : count ? insert(words.results, count) : this.list.status.textContent;
  }

  close() {
    clearTimeout(this.timer);
    this.asked = this.answered = null;
    this.list.close();
  }

  choose({ value, text }) {
    this.close();
    this.said.textContent = text;
    if (!this.free) {
      this.input.value = "";
      return this.keep(value, text);
    }
    this.input.value = text;
    this.choosing = true;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.choosing = false;
  }

  keep(value, text) {
    this.labels.set(value, text);
    // Two records may have one name, and are two values; a word that may be created is one, however it is written.
    const same = (other) => other === value || (this.create && alike(this.label(other), text));
    const known = this.several && this.values.some(same);
    this.values = this.several ? [...this.values, ...(known ? [] : [value])] : [value];
  }

  // What Enter means by a text: where nothing can be created, no record is taken for another that begins alike.
  meant(text, found, whole) {
    const offered = this.offered(text, found);
    const same = offered.filter((option) => alike(option.text, text));
    if (this.create) return whole ? same[0] : offered[0];
    return same.length === 1 ? same[0] : !whole && offered.length === 1 ? offered[0] : undefined;
  }

  // Enter, before the answer came: the text leaves the input, so that what is typed next is not glued to it.
  // ``whole``: the text is a whole value, which a comma ends.
  wait(text, whole = false) {
    const taken = { text };
    taken.done = this.ask(text).then((found) => {
      this.pending.delete(taken);
      if (!this.several && !alike(this.typed, text)) return; // changed meanwhile
      const first = this.meant(text, found, whole);
      if (first) this.keep(first.value, first.text);
      else if (this.several) this.unknown.push(text);
      if (this.several) this.show();
      this.warn(!first || undefined);
    });
    this.close();
    this.pending.add(taken);
    if (!this.several) return;
    this.input.value = "";
    this.show();
  }

  key(event) {
    const { key } = event;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (event.isComposing || event.keyCode === 229) return; // Safari says the second
    if (key === "Enter") this.enter(event);
    else if (arrow) event.preventDefault(), this.arrow(arrow);
    else if (key === "Escape") this.escape(event);
    else if (key === "," && this.several && this.create) event.preventDefault(), this.typed && this.wait(this.typed, true);
    else if ((key === "Backspace" || key === "ArrowLeft") && this.several && !this.input.value) {
      event.preventDefault();
      this.close();
      this.chosen.querySelector("li:last-child button")?.focus();
    }
  }

  // With nothing to choose, Enter does what it does in any field: the form's main action.
  enter(event) {
    if (!this.list.chosen && (this.free || !this.text)) return this.close();
    event.preventDefault();
    if (this.list.chosen) this.choose(this.list.chosen);
    else if (this.url && this.answered !== this.typed) this.wait(this.typed);
    else if (!this.list.open) this.search(this.typed, 0);
  }

  arrow(step) {
    const first = step > 0 ? 0 : Infinity;
    if (!this.list.open) this.search(this.text, first);
    else if (this.answered === null) this.first = first; // the answer is on its way
    else this.list.move(step);
  }

  escape(event) {
    if (!this.list.open && !this.left) return;
    event.preventDefault(); // keeps a dialog open
    event.stopPropagation();
    if (this.list.open) return this.close();
    this.unknown = [];
    this.input.value = "";
    this.show();
  }

  // On the button of a chosen value: arrows walk, Delete and Backspace remove as a click does.
  chipKey(event) {
    const beside = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[event.key];
    if (beside) (event.target.parentElement[beside]?.querySelector("button") || this.input).focus();
    else if (event.key === "Delete" || event.key === "Backspace") event.target.click();
    else return;
    event.preventDefault();
  }

  paste(event) {
    const pasted = event.clipboardData.getData("text").split(/[,;\t\n]+/).map((text) => text.trim()).filter(Boolean);
    if (!this.several || !this.create || pasted.length < 2) return;
    event.preventDefault();
    pasted.forEach((text) => this.wait(text, true));
  }

  click({ target }) {
    if (target.closest("button") || this.list.panel.contains(target) || this.input.disabled) return;
    if (target !== this.input) this.input.focus();
    if (this.list.open) return;
    if (!this.several && !this.text && this.input.selectionStart === this.input.selectionEnd) this.input.select();
    this.search(this.text);
  }

  listen() {
    const { input, frame, field } = this;
    input.addEventListener("input", () => {
      if (this.choosing) return;
      if (!this.free && !this.several && !this.typed) this.values = [];
      if (this.typed || this.list.open) this.search(this.typed, -1, PAUSE);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("click", (event) => this.click(event));
    frame.addEventListener("focusout", ({ relatedTarget }) => frame.contains(relatedTarget) || this.close());
    if (this.free) return;
    frame.addEventListener("focusin", () => this.warn());
    frame.addEventListener("focusout", () => queueMicrotask(() => this.warn()));
    input.addEventListener("paste", (event) => this.paste(event));
    this.chosen.addEventListener("keydown", (event) => this.chipKey(event));
    field.addEventListener("input", () => this.show());
    field.form?.addEventListener("reset", () => setTimeout(() => { this.unknown = []; this.show(); }));
  }

  // Before a form is sent: text that is no value is neither saved nor lost.
  insist() {
    this.frame.closest("details:not([open])")?.setAttribute("open", "");
    this.input.focus();
    this.warn(true);
    this.said.textContent = this.note.textContent;
    if (!this.unknown.length) this.search(this.text);
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const held = [...form.elements].map((field) => boxes.get(field)).filter(Boolean);
  const pending = held.flatMap((box) => [...box.pending]);
  const left = held.find((box) => box.left);
  if (!pending.length && !left) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!pending.length) return left.insist();
  if (waiting.has(form)) return;
  waiting.add(form);
  Promise.all(pending.map(({ done }) => done)).then(() => {
    waiting.delete(form);
    form.requestSubmit(event.submitter);
  });
}, true);

function attach(root) {
  if (!HTMLElement.prototype.showPopover) return; // an older browser keeps the plain field
  for (const field of root.querySelectorAll("[data-combobox]")) {
    if (!boxes.has(field)) boxes.set(field, new Combobox(field));
  }
}
attach(document);
document.addEventListener("htmx:load", (event) => attach(event.target));
