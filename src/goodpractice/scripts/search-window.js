// The window of the search: a field, its results, and the way to the search page. gp-search.js loads it when it opens.

import { LANGUAGE, SITE, ask, countResults, fill, listRole, make, makeNotes, makeResult } from "./search-client.js";

/** Milliseconds to wait for the next letter: a new word loads a part of the index, so it is worth a little patience. */
const PAUSE = { word: 180, letter: 30 };
/** Letters after which a word is looked for while it is being written. */
const LETTERS = 3;
const SHOWN = 6;
const ALL = _("Search page, with filters and all lists");

export class SearchWindow {
  /** @param owner The <gp-search> that opens it. */
  constructor(owner) {
    this.owner = owner;
    this.link = owner.link;
    this.input = make("input", {
      class: "gp-search__input",
      id: "gp-search-input",
      name: "q",
      type: "text",
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      autofocus: true,
      placeholder: _("No money yet …"),
    });
    const close = make("button", { class: "gp-search__close", type: "button" }, _("Close"));
    this.form = make(
      "form",
      { class: "gp-search__form", action: this.link.href, method: "get", role: "search" },
      make("label", { class: "gp-visually-hidden", for: "gp-search-input" }, _("What are you looking for?")),
      this.input,
      close,
    );
    this.status = make("p", { class: "gp-search__status", role: "status" });
    this.notes = make("div", { class: "gp-search__notes" });
    this.results = make("ol", { class: "gp-search__results", lang: LANGUAGE });
    this.all = make("a", { href: this.link.href }, ALL);
    const key = make("input", { type: "checkbox", id: "gp-search-key" });
    key.checked = owner.opensByKey;
    key.addEventListener("change", () => {
      owner.opensByKey = key.checked;
    });
    const foot = make("div", { class: "gp-search__foot" }, this.all, make("label", { for: "gp-search-key" }, key, " ", _("Open with the / key")));
    this.dialog = make("dialog", { class: "gp-search__window", "aria-label": _("Search"), lang: owner.closest("[lang]").lang }, this.form, this.status, this.notes, this.results, foot);
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.move(event));
    this.input.addEventListener("input", () => this.type());
    document.body.append(this.dialog);
  }

  open() {
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.input.select();
    ask().then(({ questions }) => this.offer(questions), (error) => this.fail(error));
  }

  /** Before somebody writes: questions with an answer. */
  offer(questions) {
    this.questions = questions;
    if (this.input.value.trim() || !questions.length) return;
    const links = questions.map(([question, url]) => make("li", {}, make("a", { href: SITE + url }, question)));
    this.notes.replaceChildren(make("p", { class: "gp-search__asked", id: "gp-search-asked" }, _("Questions that this site answers:")), make("ul", { role: "list", "aria-labelledby": "gp-search-asked" }, ...links));
  }

  /** Arrows lead from the field through the results and back. */
  move(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [this.input, ...this.notes.querySelectorAll("li a"), ...this.results.querySelectorAll(".gp-result__title a"), this.all];
    const place = stops.indexOf(document.activeElement);
    if (place < 0) return;
    event.preventDefault();
    stops[Math.min(stops.length - 1, Math.max(0, place + (event.key === "ArrowDown" ? 1 : -1)))].focus();
  }

  type() {
    clearTimeout(this.timer);
    const query = this.input.value;
    const address = new URL(this.link.href);
    if (query.trim()) address.searchParams.set("q", query.trim());
    this.all.href = address.href;
    const goesOn = this.asked && query.startsWith(this.asked) && !/\s/.test(query.slice(this.asked.length));
    const last = query.split(/\s+/).at(-1);
    if (last && last.length < LETTERS && !goesOn) return;
    this.timer = setTimeout(() => this.search(), goesOn ? PAUSE.letter : PAUSE.word);
  }

  async search() {
    const query = this.input.value.trim();
    this.asked = query;
    const turn = (this.turn = (this.turn ?? 0) + 1);
    if (!query) {
      this.status.textContent = "";
      this.list();
      this.notes.replaceChildren();
      this.offer(this.questions ?? []);
      return;
    }
    try {
      const found = await ask({ query, count: SHOWN });
      if (turn === this.turn) this.show(query, found);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  list(...results) {
    this.results.replaceChildren(...results);
    listRole(this.results);
  }

  show(query, found) {
    this.status.textContent = countResults(found.total, found.meant?.query ?? query);
    this.notes.replaceChildren(...makeNotes(found));
    this.list(...found.results.map((result) => makeResult(result, "p", true)));
    this.all.textContent = found.total > found.results.length ? fill(_("All {number} results, with filters"), { number: found.total }) : ALL;
  }

  fail(error) {
    console.error(error);
    this.status.textContent = _("The search could not be loaded. The search page leads to every list of this site.");
    this.notes.replaceChildren();
    this.list();
  }
}
