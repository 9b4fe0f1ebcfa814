// <gp-find>: the finder. Four questions, counted answers, and what fits with the reason why; the address keeps it all.
// Without it the page is complete: every situation, audience, moment, setting and region is a link to its own list.
// The first counts stand in the page. What fits is worked out (find-answers.js) from a file that is loaded with the first
// answer, and the cards that are shown are made from the texts that the search shows, so no page grows with the number of
// case studies.

import { MOST, printIds, readIds } from "./compared.js";
import { make, part } from "./elements.js";
import { count, fill, join } from "./words.js";

/**
 * @typedef {import("./find-answers.js").Answers} Answers
 * @typedef {import("./find-answers.js").Finder} Finder
 * @typedef {import("./find-answers.js").Found} Found
 * @typedef {import("./find-answers.js").Helpful} Helpful
 * @typedef {import("./find-answers.js").Tip} Tip
 * @typedef {import("./search-index.js").SearchIndex} SearchIndex
 */

/** Case studies that are shown at once. */
const PAGE = 6;
const NONE = _("Nothing is chosen for comparison.");

/** @param {HTMLInputElement} box */
const countOf = (box) => part(box.labels?.[0] ?? box, ".gp-find__count", HTMLElement);

class GpFind extends HTMLElement {
  constructor() {
    super();
    this.form = part(this, ".gp-find__form", HTMLFormElement);
    this.status = part(this, ".gp-find__status", HTMLElement);
    this.results = part(this, ".gp-find__results", HTMLElement);
    this.lists = part(this, ".gp-find__lists", HTMLElement);
    this.bar = part(this, ".gp-find__bar", HTMLElement);
    this.clear = part(this, ".gp-find__clear", HTMLElement);
    this.boxes = [...this.form.querySelectorAll("input")];
    /**
     * The boxes of each question.
     *
     * @type {Record<string, HTMLInputElement[]>}
     */
    this.questions = {};
    for (const box of this.boxes) (this.questions[box.name] ??= []).push(box);
    this.first = { status: this.status.textContent, counts: this.boxes.map((box) => parseInt(countOf(box).textContent?.slice(1) ?? "", 10)) };
    this.turn = 0;
    this.shown = PAGE;
    /** @type {string[]} */
    this.compared = [];
    /** @type {?Promise<{finder: Finder, index: SearchIndex}>} */
    this.loading = null;
    this.title = document.title;
    this.listen();
    this.read();
  }

  listen() {
    this.form.addEventListener("submit", (event) => event.preventDefault());
    for (const sign of ["pointerenter", "focusin"]) this.form.addEventListener(sign, () => this.load().catch(() => {}), { once: true });
    this.form.addEventListener("change", () => {
      this.shown = PAGE;
      this.write();
      this.update();
    });
    this.clear.addEventListener("click", () => {
      for (const box of this.boxes) box.checked = false;
      this.write();
      this.update();
      this.focusForm();
    });
    this.results.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLInputElement && target.classList.contains("gp-find__mark")) this.mark(target);
    });
    window.addEventListener("popstate", () => this.read());
  }

  focusForm() {
    this.form.querySelector("summary")?.focus();
  }

  /** What the questions are answered from. */
  load() {
    this.loading ??= this.fetch();
    this.loading.catch(() => {
      this.loading = null;
    });
    return this.loading;
  }

  async fetch() {
    const [{ Finder }, { SearchIndex }] = await Promise.all([import("./find-answers.js"), import("./search-index.js")]);
    const index = await SearchIndex.open();
    const finder = new Finder(await index.json("finder.json"), (question, value) => this.questions[question]?.[value]?.dataset.says ?? "");
    return { finder, index };
  }

  read() {
    const address = new URLSearchParams(location.search);
    for (const box of this.boxes) box.checked = address.getAll(box.name).includes(box.value);
    this.compared = readIds(location.search);
    // Beside the results there is room for the questions; above them, those that are answered stay closed.
    const wide = matchMedia("(min-width: 60em)").matches;
    const answered = this.boxes.some((box) => box.checked);
    for (const details of this.form.querySelectorAll("details")) {
      if (details.querySelector("input:checked")) details.open = wide;
      else if (answered && !wide) details.open = false;
    }
    this.shown = PAGE;
    return this.update();
  }

  /** Every answer is a step to go back to; what is marked for comparison is not. */
  write(step = true) {
    const address = new URL(location.href);
    address.hash = "";
    address.search = "";
    for (const box of this.boxes) if (box.checked) address.searchParams.append(box.name, box.value);
    let href = address.href;
    if (this.compared.length) href += `${address.search ? "&" : "?"}${printIds(this.compared)}`;
    if (href === location.href) return;
    if (step) history.pushState(null, "", href);
    else history.replaceState(history.state, "", href);
  }

  readAnswers() {
    /** @type {Answers} */
    const answers = {};
    for (const [question, boxes] of Object.entries(this.questions)) {
      const chosen = [...boxes.keys()].filter((at) => boxes[at].checked);
      if (chosen.length) answers[question] = new Set(chosen);
    }
    return answers;
  }

  async update() {
    const turn = ++this.turn;
    const answers = this.readAnswers();
    const asked = Object.keys(answers).length > 0;
    this.showChosen();
    this.clear.hidden = !asked;
    this.lists.hidden = asked;
    this.showBar();
    document.documentElement.toggleAttribute("data-gp-asked", asked);
    if (!asked) {
      this.boxes.forEach((box, at) => showCount(box, this.first.counts[at]));
      this.status.textContent = this.first.status;
      this.results.replaceChildren();
      return;
    }
    try {
      const loaded = await this.load();
      if (turn === this.turn) await this.show(answers, loaded, turn);
    } catch (error) {
      console.error(error);
      if (turn !== this.turn) return;
      this.lists.hidden = false;
      document.documentElement.removeAttribute("data-gp-asked");
      this.results.replaceChildren();
      this.status.textContent = _("What fits could not be loaded. These lists lead to every page:");
    }
  }

  /**
   * @param {Answers} answers
   * @param {{finder: Finder, index: SearchIndex}} loaded
   * @param {number} turn
   */
  async show(answers, { finder, index }, turn) {
    for (const [question, boxes] of Object.entries(this.questions)) {
      const numbers = finder.count(answers, question, boxes.length);
      boxes.forEach((box, at) => showCount(box, numbers[at]));
    }
    const found = finder.find(answers);
    const records = await Promise.all(found.cases.slice(0, this.shown).map((at) => index.record(finder.ids[at])));
    if (turn !== this.turn) return;
    this.status.textContent = found.said;
    const parts = [];
    if (found.chapters.length) {
      const cards = [...found.chapters.map((entry) => this.chapterCard(entry)), ...found.tips.map((tip) => this.tipCard(tip))];
      parts.push(make("h2", { class: "gp-find__heading" }, _("In the handbook")), list(cards));
    }
    parts.push(make("h2", { class: "gp-find__heading" }, found.fits ? _("Case studies") : _("The nearest case studies")));
    if (found.note) parts.push(make("p", { class: "gp-find__near" }, found.note));
    parts.push(list(records.map((record, place) => this.caseCard(record, finder.explain(found.cases[place], answers)))));
    const left = found.cases.length - this.shown;
    if (left > 0) {
      const more = make("button", { class: "gp-find__more", type: "button" }, fill(_("Show more ({number})"), { number: left }));
      more.addEventListener("click", () => this.showMore());
      parts.push(more);
    }
    if (found.cases.length) {
      const save = make("button", { class: "gp-find__none", type: "button" }, _("Save these case studies as CSV"));
      save.addEventListener("click", () => this.save(found.cases.map((at) => index.record(finder.ids[at]))));
      parts.push(make("p", {}, save));
    }
    this.results.replaceChildren(...parts);
  }

  /** @param {Promise<{url: string}>[]} records */
  async save(records) {
    try {
      const [kind] = (this.dataset.file ?? "").split("=");
      const { saveResults } = await import("./csv-files.js");
      const results = (await Promise.all(records)).map(({ url }) => ({ kind, url }));
      this.status.textContent = await saveResults(results, this.dataset.file ?? "");
    } catch (error) {
      console.error(error);
      this.status.textContent = _("The file could not be loaded.");
    }
  }

  async showMore() {
    const first = this.shown;
    this.shown += 2 * PAGE;
    await this.update();
    this.results.querySelectorAll(".gp-card--case-study a")[first]?.focus();
  }

  showChosen() {
    /** @type {string[]} */
    const all = [];
    for (const details of this.form.querySelectorAll("details")) {
      const chosen = [...details.querySelectorAll("input:checked")].map((box) => box.dataset.says ?? "");
      part(details, ".gp-find__chosen", HTMLElement).textContent = chosen.length ? join(chosen, _("or")) : "";
      all.push(...chosen);
    }
    // Tabs, the history and bookmarks tell answers apart.
    document.title = all.length ? fill(_("{names}: {page}"), { names: all.join(", "), page: this.title }) : this.title;
  }

  /** @param {Helpful} helpful */
  chapterCard({ chapter: { id, title, summary, minutes }, why }) {
    return makeCard("chapter", _("Chapter"), `${this.dataset.chapters}${id}/`, title, [summary, why, minutes]);
  }

  /** @param {Tip} tip */
  tipCard({ chapter, title, text }) {
    const from = fill(_("From the chapter {name}."), { name: fill(_("‘{name}’"), { name: chapter.title }) });
    return makeCard("tip", _("Top tip"), `${this.dataset.chapters}${chapter.id}/`, title || _("A tip to try"), [text, from, ""]);
  }

  /**
   * @param {{url: string, title: string, description: string, facts: string}} record
   * @param {string} why
   */
  caseCard({ url, title, description, facts }, why) {
    const id = url.split("/").at(-2) ?? "";
    const card = makeCard("case-study", _("Case study"), `${this.dataset.cases}${id}/`, title, [description, why, facts]);
    const box = make("input", { type: "checkbox", class: "gp-find__mark", value: id, "aria-label": fill(_("Compare: {name}"), { name: title }) });
    box.checked = this.compared.includes(id);
    card.append(make("label", { class: "gp-find__compare" }, box, make("span", {}, _("Compare"))));
    return card;
  }

  /** @param {HTMLInputElement} box */
  mark(box) {
    this.compared = this.compared.filter((id) => id !== box.value);
    if (box.checked && this.compared.length === MOST) {
      box.checked = false;
      this.status.textContent = _("Three can be compared at most. Remove one first.");
      this.bar.classList.add("gp-find__bar--full");
      return;
    }
    if (box.checked) this.compared.push(box.value);
    this.write(false);
    this.showBar();
    this.status.textContent = this.compared.length ? count(_n("{number} case study chosen for comparison.", "{number} case studies chosen for comparison."), this.compared.length) : NONE;
  }

  showBar() {
    this.bar.hidden = !this.compared.length;
    this.bar.classList.remove("gp-find__bar--full");
    if (!this.compared.length) return;
    const link = make("a", { class: "gp-find__go", href: `${this.dataset.compare}?${printIds(this.compared)}` }, count(_n("Compare {number} case study", "Compare {number} case studies"), this.compared.length));
    const none = make("button", { class: "gp-find__none", type: "button" }, _("Compare none"));
    none.addEventListener("click", () => {
      this.compared = [];
      for (const box of this.results.querySelectorAll("input.gp-find__mark")) box.checked = false;
      this.write(false);
      this.showBar();
      this.status.textContent = NONE;
      this.focusForm();
    });
    const hint = this.compared.length < MOST ? count(_n("You can choose {number} more.", "You can choose {number} more."), MOST - this.compared.length) : _("That is the most.");
    this.bar.replaceChildren(link, make("span", { class: "gp-find__hint" }, " ", hint), none);
  }
}

/**
 * @param {HTMLInputElement} box
 * @param {number} number
 */
function showCount(box, number) {
  countOf(box).replaceChildren(`(${number}`, make("span", { class: "gp-visually-hidden" }, ` ${count(_n("case study", "case studies"), number)}`), ")");
}

/** @param {HTMLElement[]} cards */
const list = (cards) => make("ul", { class: "gp-cards", role: "list" }, ...cards.map((card) => make("li", { class: "gp-cards__item" }, card)));

/**
 * @param {string} modifier
 * @param {string} kind
 * @param {string} href
 * @param {string} title
 * @param {[string, string, string]} texts What it is about, why it is shown, and its small print; each may be empty.
 */
function makeCard(modifier, kind, href, title, [text, why, meta]) {
  return make(
    "div",
    { class: `gp-card gp-card--${modifier} gp-find__card` },
    make("p", { class: "gp-card__kind" }, kind),
    make("p", { class: "gp-card__title" }, make("a", { href }, title)),
    text ? make("p", { class: "gp-card__text" }, text) : null,
    why ? make("p", { class: "gp-find__why" }, why) : null,
    meta ? make("p", { class: "gp-card__meta" }, meta) : null,
  );
}

customElements.define("gp-find", GpFind);
