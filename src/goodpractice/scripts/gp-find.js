// <gp-find>: the finder. Four questions, counted answers, and what fits with the reason why; the address keeps it all.
// Without it the page is complete: every situation, audience, moment, setting and region is a link to its own list.
// The first counts stand in the page. What fits is worked out from a file that is loaded with the first answer, and the
// cards that are shown are made from the texts that the search shows, so no page grows with the number of case studies.

import { count, fill, join } from "./words.js";

/** How a reason is said, by the question that it answers. */
const REASONS = { theme: _("about {names}"), audience: _("with {names}"), moment: _("for the moment {names}"), setting: _("in the setting {names}") };
/** Where each question's values stand in a chapter of the data. */
const IN_CHAPTER = { theme: 4, moment: 5 };
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PAGE = 6;
const NEAREST = 3;
const CHAPTERS = 4;
const TIPS = 2;
const MOST_COMPARED = 3;
const NONE = _("Nothing is chosen for comparison.");

function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(key, value === true ? "" : value);
  element.append(...children);
  return element;
}

const countOf = (box) => box.parentElement.querySelector(".gp-find__count");

const quote = (name) => fill(_("‘{name}’"), { name });

class GpFind extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    const part = (name) => this.querySelector(`.gp-find__${name}`);
    this.form = part("form");
    this.status = part("status");
    this.results = part("results");
    this.lists = part("lists");
    this.bar = part("bar");
    this.clear = part("clear");
    this.boxes = [...this.form.querySelectorAll("input")];
    this.questions = {};
    for (const box of this.boxes) (this.questions[box.name] ??= []).push(box.value);
    this.first = { status: this.status.textContent, counts: this.boxes.map((box) => parseInt(countOf(box).textContent.slice(1), 10)) };
    this.turn = 0;
    this.title = document.title;
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
      this.form.querySelector("summary").focus();
    });
    this.results.addEventListener("change", (event) => this.mark(event.target));
    window.addEventListener("popstate", () => this.read());
    this.read();
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
    const { SearchIndex, decodePlaces } = await import("./search-index.js");
    const index = await SearchIndex.open();
    const { cases, values, chapters, ids } = await index.json("finder.json");
    this.index = index;
    this.chapters = chapters;
    this.ids = ids;
    this.values = Array.from({ length: cases }, () => ({ theme: [], audience: [], moment: [], setting: [] }));
    for (const [question, answers] of Object.entries(values)) {
      for (const [value, places] of answers.entries()) for (const at of decodePlaces(places)) this.values[at][question].push(value);
    }
  }

  read() {
    const address = new URLSearchParams(location.search);
    for (const box of this.boxes) box.checked = address.getAll(box.name).includes(box.value);
    this.compared = (address.get("c") ?? "").split(",").filter((id) => ID.test(id)).slice(0, MOST_COMPARED);
    // Beside the results there is room for the questions; above them, those that are answered stay closed.
    const wide = matchMedia("(min-width: 60em)").matches;
    const answered = Boolean(this.form.querySelector("input:checked"));
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
    // Commas stay as they are: the address is read by people, too.
    if (this.compared.length) href += `${address.search ? "&" : "?"}c=${this.compared.join(",")}`;
    if (href === location.href) return;
    if (step) history.pushState(null, "", href);
    else history.replaceState(history.state, "", href);
  }

  readAnswers() {
    const answers = {};
    for (const box of this.boxes) {
      if (box.checked) (answers[box.name] ??= new Set()).add(this.questions[box.name].indexOf(box.value));
    }
    return answers;
  }

  says(question, value) {
    const id = this.questions[question]?.[value];
    return this.boxes.find((box) => box.name === question && box.value === id)?.dataset.says ?? "";
  }

  fits(at, answers, except) {
    return Object.entries(answers).every(([question, chosen]) => question === except || this.values[at][question].some((value) => chosen.has(value)));
  }

  countMatches(at, answers) {
    return Object.keys(answers).filter((question) => this.values[at][question].some((value) => answers[question].has(value))).length;
  }

  async update() {
    const turn = ++this.turn;
    const answers = this.readAnswers();
    const asked = Object.keys(answers).length;
    this.showChosen();
    this.clear.hidden = !asked;
    this.lists.hidden = Boolean(asked);
    this.showBar();
    document.documentElement.toggleAttribute("data-gp-asked", Boolean(asked));
    if (!asked) {
      this.boxes.forEach((box, at) => this.showCount(box, this.first.counts[at]));
      this.status.textContent = this.first.status;
      this.results.replaceChildren();
      return;
    }
    try {
      await this.load();
      if (turn === this.turn) await this.show(answers, asked, turn);
    } catch (error) {
      console.error(error);
      if (turn !== this.turn) return;
      this.lists.hidden = false;
      document.documentElement.removeAttribute("data-gp-asked");
      this.results.replaceChildren();
      this.status.textContent = _("What fits could not be loaded. These lists lead to every page:");
    }
  }

  async show(answers, asked, turn) {
    this.showCounts(answers);
    const all = this.values.map((_, at) => at);
    const fitting = all.filter((at) => this.fits(at, answers));
    const hits = (at) => Object.entries(answers).reduce((sum, [question, chosen]) => sum + this.values[at][question].filter((value) => chosen.has(value)).length, 0);
    const order = (a, b) => hits(b) - hits(a) || a - b;
    let note = "";
    let near = fitting;
    let shown = fitting.sort(order);
    if (!fitting.length) {
      const best = Math.max(0, ...all.map((at) => this.countMatches(at, answers)));
      shown = all.filter((at) => this.countMatches(at, answers) === best).sort(order).slice(0, NEAREST);
      if (best) near = shown;
      if (best) {
        const nearest = count(_n("This one comes nearest:", "These come nearest:"), shown.length);
        const answered = count(_n("{number} of {of} answers fits.", "{number} of {of} answers fit."), best, { of: asked });
        note = [_("No case study fits all of your answers."), nearest, answered].join(" ");
      } else if (shown.length) note = _("No case study has been told about this yet. These are the newest.");
      else note = _("No case study has been told yet.");
    }
    const chapters = this.findChapters(answers, near, Boolean(fitting.length));
    const tips = this.findTips(chapters);
    const found = [];
    if (chapters.length) found.push(count(_n("{number} chapter", "{number} chapters"), chapters.length));
    if (tips.length) found.push(count(_n("{number} tip", "{number} tips"), tips.length));
    const cards = await Promise.all(shown.slice(0, this.shown).map((at) => this.caseCard(at, answers)));
    if (turn !== this.turn) return;
    const head = fitting.length ? count(_n("{number} case study fits", "{number} case studies fit"), fitting.length) : _("No case study fits all of this; the nearest are shown");
    this.status.textContent = found.length ? fill(_("{found}, with {others} from the handbook."), { found: head, others: join(found) }) : `${head}.`;
    const parts = [];
    if (chapters.length) {
      parts.push(make("h2", { class: "gp-find__heading" }, _("In the handbook")), this.list([...chapters.map((chapter) => this.chapterCard(chapter)), ...tips.map((tip) => this.tipCard(tip))]));
    }
    parts.push(make("h2", { class: "gp-find__heading" }, fitting.length ? _("Case studies") : _("The nearest case studies")));
    if (note) parts.push(make("p", { class: "gp-find__near" }, note));
    parts.push(this.list(cards));
    if (shown.length > this.shown) {
      const more = make("button", { class: "gp-find__more", type: "button" }, fill(_("Show more ({number})"), { number: shown.length - this.shown }));
      more.addEventListener("click", () => this.showMore());
      parts.push(more);
    }
    this.results.replaceChildren(...parts);
  }

  async showMore() {
    const first = this.shown;
    this.shown += 2 * PAGE;
    await this.update();
    this.results.querySelectorAll(".gp-card--case-study a")[first]?.focus();
  }

  showCounts(answers) {
    const numbers = {};
    for (const question of Object.keys(this.questions)) {
      numbers[question] = new Array(this.questions[question].length).fill(0);
      this.values.forEach((_, at) => {
        if (this.fits(at, answers, question)) for (const value of this.values[at][question]) numbers[question][value] += 1;
      });
    }
    for (const box of this.boxes) this.showCount(box, numbers[box.name][this.questions[box.name].indexOf(box.value)]);
  }

  showCount(box, number) {
    countOf(box).replaceChildren(`(${number}`, make("span", { class: "gp-visually-hidden" }, ` ${count(_n("case study", "case studies"), number)}`), ")");
  }

  showChosen() {
    const all = [];
    for (const details of this.form.querySelectorAll("details")) {
      const chosen = [...details.querySelectorAll("input:checked")].map((box) => box.dataset.says);
      details.querySelector(".gp-find__chosen").textContent = chosen.length ? join(chosen, _("or")) : "";
      all.push(...chosen);
    }
    // Tabs, the history and bookmarks tell answers apart.
    document.title = all.length ? fill(_("{names}: {page}"), { names: all.join(", "), page: this.title }) : this.title;
  }

  /** The handbook answers questions about situations and moments; for the rest, what the fitting case studies are about. */
  findChapters(answers, near, fit) {
    const themes = answers.theme;
    const moments = answers.moment;
    const has = (chapter, question) => chapter[IN_CHAPTER[question]].filter((value) => answers[question]?.has(value));
    if (themes || moments) {
      const rarity = (value) => 1 + Math.log(this.chapters.length / this.chapters.filter((chapter) => chapter[IN_CHAPTER.theme].includes(value)).length);
      const scored = this.chapters.map((chapter, at) => {
        const about = has(chapter, "theme");
        const when = has(chapter, "moment");
        // A chapter on one theme alone says more about it than one on three.
        const score = about.reduce((sum, value) => sum + rarity(value), 0) * 10 + (about.length ? 3 / chapter[IN_CHAPTER.theme].length : 0) + when.length * 4;
        return { chapter, at, about, when, score, keep: themes ? about.length : when.length };
      });
      const kept = scored.filter((entry) => entry.keep).sort((a, b) => b.score - a.score || a.at - b.at).slice(0, CHAPTERS);
      if (kept.length) return kept.map((entry) => ({ chapter: entry.chapter, why: this.because({ theme: entry.about, moment: entry.when }) }));
    }
    const numbers = new Map();
    for (const at of near) for (const theme of this.values[at].theme) numbers.set(theme, (numbers.get(theme) ?? 0) + 1);
    const common = [...numbers].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const chosen = [];
    for (const [theme, number] of common) {
      const main = this.chapters.filter((chapter) => chapter[IN_CHAPTER.theme].includes(theme) && !chosen.some((entry) => entry.chapter === chapter));
      main.sort((a, b) => a[IN_CHAPTER.theme].length - b[IN_CHAPTER.theme].length);
      if (main.length) chosen.push({ chapter: main[0], why: this.becauseOf(number, near.length, fit, quote(this.says("theme", theme))) });
      if (chosen.length === NEAREST) break;
    }
    if (chosen.length) return chosen;
    return this.chapters.slice(0, NEAREST).map((chapter) => ({ chapter, why: _("Because it is where the handbook begins.") }));
  }

  /** Why a chapter helps: so many of the case studies that are shown are about its theme. */
  becauseOf(number, of, fit, theme) {
    if (of === 1) return fill(_("Because the case study shown is about {theme}."), { theme });
    const words = fit
      ? _n("Because {number} of the {of} case studies that fit is about {theme}.", "Because {number} of the {of} case studies that fit are about {theme}.")
      : _n("Because {number} of the {of} case studies that come nearest is about {theme}.", "Because {number} of the {of} case studies that come nearest are about {theme}.");
    return count(words, number, { of, theme });
  }

  findTips(chapters) {
    return chapters.flatMap(({ chapter }) => chapter[6].slice(0, 1).map(([title, text]) => ({ chapter, title, text }))).slice(0, TIPS);
  }

  because(matched, missing = []) {
    const reasons = Object.entries(matched)
      .filter(([, values]) => values.length)
      .map(([question, values]) => fill(REASONS[question], { names: join(values.slice(0, 3).map((value) => quote(this.says(question, value)))) }));
    const said = [];
    if (reasons.length) said.push(fill(_("Because it is {reasons}."), { reasons: join(reasons) }));
    if (missing.length) said.push(fill(_("Not documented: {names}."), { names: missing.join(", ") }));
    return said.join(" ");
  }

  whyCase(at, answers) {
    const matched = {};
    const missing = [];
    for (const [question, chosen] of Object.entries(answers)) {
      matched[question] = this.values[at][question].filter((value) => chosen.has(value));
      if (!matched[question].length) missing.push(fill(REASONS[question], { names: join([...chosen].map((value) => quote(this.says(question, value))), _("or")) }));
    }
    return this.because(matched, missing);
  }

  list(cards) {
    return make("ul", { class: "gp-cards", role: "list" }, ...cards.map((card) => make("li", { class: "gp-cards__item" }, card)));
  }

  card(modifier, kind, href, title, text, why, meta) {
    const card = make(
      "div",
      { class: `gp-card gp-card--${modifier} gp-find__card` },
      make("p", { class: "gp-card__kind" }, kind),
      make("p", { class: "gp-card__title" }, make("a", { href }, title)),
    );
    if (text) card.append(make("p", { class: "gp-card__text" }, text));
    if (why) card.append(make("p", { class: "gp-find__why" }, why));
    if (meta) card.append(make("p", { class: "gp-card__meta" }, meta));
    return card;
  }

  chapterCard({ chapter, why }) {
    return this.card("chapter", _("Chapter"), `${this.dataset.chapters}${chapter[0]}/`, chapter[1], chapter[2], why, chapter[3]);
  }

  tipCard({ chapter, title, text }) {
    return this.card("tip", _("Top tip"), `${this.dataset.chapters}${chapter[0]}/`, title || _("A tip to try"), text, fill(_("From the chapter {name}."), { name: quote(chapter[1]) }), "");
  }

  async caseCard(at, answers) {
    const { url, title, description, facts } = await this.index.record(this.ids[at]);
    const id = url.split("/").at(-2);
    const card = this.card("case-study", _("Case study"), `${this.dataset.cases}${id}/`, title, description, this.whyCase(at, answers), facts);
    const box = make("input", { type: "checkbox", class: "gp-find__mark", value: id, "aria-label": fill(_("Compare: {name}"), { name: title }) });
    box.checked = this.compared.includes(id);
    card.append(make("label", { class: "gp-find__compare" }, box, make("span", {}, _("Compare"))));
    return card;
  }

  mark(box) {
    if (!box.classList.contains("gp-find__mark")) return;
    this.compared = this.compared.filter((id) => id !== box.value);
    if (box.checked && this.compared.length === MOST_COMPARED) {
      box.checked = false;
      this.status.textContent = _("Three can be compared at most. Take one away first.");
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
    const link = make("a", { class: "gp-find__go", href: `${this.dataset.compare}?c=${this.compared.join(",")}` }, count(_n("Compare {number} case study", "Compare {number} case studies"), this.compared.length));
    const none = make("button", { class: "gp-find__none", type: "button" }, _("Compare none"));
    none.addEventListener("click", () => {
      this.compared = [];
      /** @type {NodeListOf<HTMLInputElement>} */
      const marks = this.results.querySelectorAll(".gp-find__mark");
      for (const box of marks) box.checked = false;
      this.write(false);
      this.showBar();
      this.status.textContent = NONE;
      this.form.querySelector("summary").focus();
    });
    const hint = this.compared.length < MOST_COMPARED ? count(_n("You can choose {number} more.", "You can choose {number} more."), MOST_COMPARED - this.compared.length) : _("That is the most.");
    this.bar.replaceChildren(link, make("span", { class: "gp-find__hint" }, " ", hint), none);
  }
}

customElements.define("gp-find", GpFind);
