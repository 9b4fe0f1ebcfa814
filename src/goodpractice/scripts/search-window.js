// The window of the search: a field, its results, and the way to the search page. gp-search.js loads it when it opens.

import { LANGUAGE, SITE, ask, countResults, fill, listRole, make, makeRecent, makeResult, makeSurroundings, prepare, remember } from "./search-client.js";

/** Milliseconds to wait for the next letter: a new word loads a part of the index, so it is worth a little patience. */
const PAUSE = { word: 100, letter: 30 };
/** Letters after which a word is looked for while it is being written. */
const LETTERS = 3;
const SHOWN = 6;
const ALL = _("Search page, with filters and all lists");

export class SearchWindow {
  /** @param {HTMLElement & {link: HTMLAnchorElement, opensByKey: boolean}} owner The <gp-search> that opens it. */
  constructor(owner) {
    this.owner = owner;
    this.turn = 0;
    this.timer = 0;
    /** What was searched for last. */
    this.asked = "";
    /** What stood in the field when somebody last wrote. */
    this.written = "";
    /** @type {[string, string][]} */
    this.questions = [];
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
    this.leads = make("div", { class: "gp-search__leads" });
    this.all = make("a", { href: this.link.href }, ALL);
    const key = make("input", { type: "checkbox", id: "gp-search-key" });
    key.checked = owner.opensByKey;
    key.addEventListener("change", () => {
      owner.opensByKey = key.checked;
    });
    const foot = make("div", { class: "gp-search__foot" }, this.all, make("label", { for: "gp-search-key" }, key, " ", _("Open with the / key")));
    this.dialog = make("dialog", { class: "gp-search__window", "aria-label": _("Search"), lang: owner.closest("[lang]")?.getAttribute("lang") ?? "" }, this.form, this.status, this.notes, this.results, this.leads, foot);
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("keydown", (event) => this.move(event));
    this.input.addEventListener("input", () => this.type());
    this.form.addEventListener("submit", () => remember(this.input.value));
    this.results.addEventListener("click", () => this.keep());
    document.body.append(this.dialog);
  }

  /** @param {string} query What to search for; nothing leaves what stands there. */
  open(query = "") {
    if (this.dialog.open) return;
    this.dialog.showModal();
    if (query) this.ask(query);
    this.input.select();
    prepare().then(({ questions }) => this.offer(questions), (error) => this.fail(error));
  }

  /**
   * Search for words that somebody chose.
   *
   * @param {string} query
   */
  ask(query, exact = false) {
    this.input.value = query;
    this.input.focus();
    this.lead();
    this.search(exact);
  }

  /** Whoever comes back from a result finds the search as it was. */
  keep() {
    remember(this.input.value);
    history.replaceState({ ...history.state, gpSearch: this.input.value.trim() }, "");
  }

  /**
   * Before somebody writes: what was searched for last, and questions with an answer.
   *
   * @param {[string, string][]} questions
   */
  offer(questions) {
    this.questions = questions;
    if (this.input.value.trim()) return;
    const recent = makeRecent((query, exact) => this.ask(query, exact));
    const links = questions.map(([question, url]) => make("li", {}, make("a", { href: SITE + url }, question)));
    const asked = [make("p", { class: "gp-search__asked", id: "gp-search-asked" }, _("Questions that this site answers:")), make("ul", { role: "list", "aria-labelledby": "gp-search-asked" }, ...links)];
    this.notes.replaceChildren(...recent, ...(links.length ? asked : []));
  }

  /**
   * Arrows lead from the field through the results and back.
   *
   * @param {KeyboardEvent} event
   */
  move(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    /** @type {(?Element)[]} */
    const stops = [this.input, ...[this.notes, this.results, this.leads].flatMap((part) => [...part.querySelectorAll("a, button")]), this.all];
    const place = stops.indexOf(document.activeElement);
    if (place < 0) return;
    event.preventDefault();
    const next = stops[Math.min(stops.length - 1, Math.max(0, place + (event.key === "ArrowDown" ? 1 : -1)))];
    if (next instanceof HTMLElement) next.focus();
  }

  type() {
    clearTimeout(this.timer);
    const query = this.input.value;
    this.lead();
    const goesOn = this.asked && query.startsWith(this.asked) && !/\s/.test(query.slice(this.asked.length));
    // Words that were pasted or dictated are whole.
    const isWhole = query.length > this.written.length + 1;
    this.written = query;
    const last = query.split(/\s+/).at(-1);
    if (last && last.length < LETTERS && !goesOn) return;
    if (isWhole) this.search();
    else this.timer = setTimeout(() => this.search(), goesOn ? PAUSE.letter : PAUSE.word);
  }

  /** The way to the search page, with what was written. */
  lead() {
    const address = new URL(this.link.href);
    if (this.input.value.trim()) address.searchParams.set("q", this.input.value.trim());
    this.all.href = address.href;
  }

  async search(exact = false) {
    clearTimeout(this.timer);
    const query = this.input.value.trim();
    this.asked = query;
    const turn = ++this.turn;
    if (!query) {
      this.status.textContent = "";
      this.list();
      this.notes.replaceChildren();
      this.offer(this.questions);
      return;
    }
    try {
      const found = await ask({ query, exact, count: SHOWN });
      if (turn === this.turn) this.show(query, found);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** @param {Node[]} results */
  list(...results) {
    this.results.replaceChildren(...results);
    this.leads.replaceChildren();
    listRole(this.results);
  }

  /**
   * @param {string} query
   * @param {import("./search-engine.js").Answer} found
   */
  show(query, found) {
    this.status.textContent = countResults(found.total, found.meant?.query ?? query);
    const { notes, offers, leads } = makeSurroundings(query, found, (words, exactly) => this.ask(words, exactly));
    this.notes.replaceChildren(...notes);
    this.list(...offers, ...found.results.map((result) => makeResult(result, "p", true)));
    this.leads.replaceChildren(...leads);
    this.all.textContent = found.total > found.results.length ? fill(_("All {number} results, with filters"), { number: found.total }) : ALL;
  }

  /** @param {unknown} error */
  fail(error) {
    console.error(error);
    this.status.textContent = _("The search could not be loaded. The search page leads to every list of this site.");
    this.notes.replaceChildren();
    this.list();
  }
}
