// <gp-search-page>: the search with filters. The address holds words and filters, so that a search can be sent on.
// Without the script, and when the search cannot be loaded, the page is a list of lists. Until somebody writes or opens the
// filters, nothing is loaded but this.

import { part } from "./elements.js";
import { ask, countResults, fill, listRole, make, makeRecent, makeResult, makeSurroundings, prepare, remember } from "./search-client.js";

/**
 * @typedef {import("./search-engine.js").Answer} Answer
 * @typedef {import("./search-engine.js").Asked} Asked
 * @typedef {import("./search-engine.js").CountedFilter} CountedFilter
 */

const PAUSE = 120;
const PAGE = 10;
/** Values of a filter that are shown at once; the rest follow on demand. */
const VALUES = 12;
/** So many more are shown, too: a button to show them would spare nobody anything. */
const FEW = 3;
/** The filters that stand first; the others wait behind one summary. */
const FIRST = ["kind", "theme"];
/** Names in the address that are no filters. */
const NO_FILTERS = ["exact", "language", "q"];

class GpSearchPage extends HTMLElement {
  constructor() {
    super();
    this.form = part(this, ".gp-search-page__form", HTMLFormElement);
    this.input = part(this, ".gp-search-page__input", HTMLInputElement);
    this.filters = part(this, ".gp-search-page__filters", HTMLDetailsElement);
    this.choices = part(this, ".gp-search-page__choices", HTMLElement);
    this.status = part(this, ".gp-search-page__status", HTMLElement);
    this.notes = part(this, ".gp-search-page__notes", HTMLElement);
    this.found = part(this, ".gp-search-page__found", HTMLElement);
    this.results = part(this, ".gp-search-page__results", HTMLElement);
    this.more = part(this, ".gp-search-page__more", HTMLElement);
    this.leads = part(this, ".gp-search-page__leads", HTMLElement);
    this.skip = part(this, ".gp-search-page__skip", HTMLElement);
    this.save = part(this, ".gp-search-page__save", HTMLElement);
    /**
     * Values that were chosen, by filter.
     *
     * @type {Map<string, string[]>}
     */
    this.chosen = new Map();
    this.opened = new Set(FIRST);
    this.exact = false;
    this.turn = this.timer = this.total = this.shown = 0;
    this.address = this.searched = "";
    /** @type {Asked} */
    this.asked = {};
    this.first = this.status.textContent;
    this.title = document.title;
    this.listen();
    this.read();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      remember(this.input.value);
      this.exact = false;
      this.search(true);
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.exact = false;
      this.timer = setTimeout(() => this.search(false), PAUSE);
    });
    // Somebody who is about to write waits less.
    this.input.addEventListener("focus", () => prepare().catch(() => {}), { once: true });
    this.filters.addEventListener("toggle", () => this.filters.open && !this.choices.firstChild && this.count());
    this.choices.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && this.choose(target));
    this.more.addEventListener("click", () => this.showMore());
    this.save.addEventListener("click", () => this.saveAll());
    this.results.addEventListener("click", ({ target }) => target instanceof Element && target.closest("a") && remember(this.input.value));
    this.skip.addEventListener("click", (event) => {
      event.preventDefault();
      this.filters.open = true;
      this.filters.querySelector("summary")?.focus();
    });
    new ResizeObserver(() => this.place()).observe(this);
    // A link within the page is no other search: results that were drawn anew would lose the focus.
    window.addEventListener("popstate", () => location.search !== this.address && this.read());
  }

  read() {
    this.address = location.search;
    const address = new URLSearchParams(this.address);
    this.input.value = address.get("q") ?? "";
    this.exact = address.has("exact");
    this.chosen = new Map();
    for (const name of address.keys()) if (!NO_FILTERS.includes(name)) this.chosen.set(name, address.getAll(name));
    for (const name of this.chosen.keys()) this.opened.add(name).add(FIRST.includes(name) ? name : "more");
    this.search(null);
  }

  /**
   * The address follows what is shown. A search that was sent off, and each choice, is a step to go back to; while a
   * query is being written, one entry of the history follows it.
   *
   * @param {boolean} step
   */
  write(step) {
    const address = new URL(location.href);
    const language = address.searchParams.get("language");
    address.search = "";
    address.hash = "";
    if (language) address.searchParams.append("language", language);
    const query = this.input.value.trim();
    if (query) address.searchParams.append("q", query);
    if (this.exact) address.searchParams.append("exact", "1");
    for (const [name, values] of this.chosen) for (const value of values) address.searchParams.append(name, value);
    this.address = address.search;
    // In the history, the entry of a query that is being written is told from those of searches that were sent off.
    const writing = history.state?.gpWriting;
    const state = step ? null : { gpWriting: true };
    if (address.href === location.href) {
      if (step && writing) history.replaceState(state, "", address);
    } else if (writing) history.replaceState(state, "", address);
    else history.pushState(state, "", address);
  }

  /** @param {?boolean} step Whether it is a step to go back to; nothing where the address is that of the search already. */
  async search(step) {
    const query = this.input.value.trim();
    const turn = ++this.turn;
    if (step !== null) this.write(step);
    const filtered = this.chosen.size > 0;
    this.asked = { query, exact: this.exact, filters: Object.fromEntries(this.chosen), count: PAGE };
    // Tabs, the history and bookmarks tell searches apart.
    document.title = query ? fill(_("“{words}”: {page}"), { words: query, page: this.title }) : this.title;
    try {
      // Results first, counts after: the counts need a file that the results do not.
      const found = query || filtered ? await ask(this.asked) : null;
      if (turn !== this.turn) return;
      if (found) this.show(found);
      else this.clear();
      // Beside the results there is room for the filters; above them they stay as the reader left them.
      if (found && this.isBeside() && !this.choices.firstChild) this.filters.open = true;
      else if (this.filters.open) await this.count();
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** Load the filters, and how many results each would leave. */
  async count() {
    const turn = this.turn;
    try {
      const counted = await ask({ ...this.asked, count: 0, facets: true });
      if (turn === this.turn) this.showFilters(counted.facets ?? []);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /**
   * Search for words that somebody chose.
   *
   * @param {string} query
   * @param {boolean} exact
   */
  ask(query, exact) {
    clearTimeout(this.timer);
    this.input.value = query;
    this.exact = exact;
    this.input.focus();
    this.search(true);
  }

  /** The filters come in the order in which they are seen: above the results, or after them at their side. */
  place() {
    const beside = this.isBeside();
    this.skip.hidden = !beside || !this.results.firstChild;
    if (beside === (this.filters.previousElementSibling === this.found) || this.filters.contains(document.activeElement)) return;
    if (beside) this.found.after(this.filters);
    else this.found.before(this.filters);
  }

  /** Whether the filters stand beside the results; the style sheet decides it by the room there is. */
  isBeside() {
    return getComputedStyle(part(this, ".gp-search-page__body", HTMLElement)).gridTemplateColumns.split(" ").length > 1;
  }

  /** @param {Node[]} results */
  list(...results) {
    this.results.replaceChildren(...results);
    this.leads.replaceChildren();
    listRole(this.results);
    this.place();
  }

  /** @param {Answer} found */
  show(found) {
    document.documentElement.toggleAttribute("data-gp-asked", found.total > 0);
    this.total = found.total;
    this.searched = found.meant?.query ?? this.asked.query ?? "";
    this.shown = found.results.length;
    this.status.textContent = countResults(found.total, this.searched);
    if (!found.total) this.status.append(". ", _("Try other words or fewer filters, or one of the lists below."));
    const { notes, offers, leads } = makeSurroundings(this.asked.query ?? "", found, (query, exact) => this.ask(query, exact));
    this.notes.replaceChildren(...notes);
    this.list(...offers, ...found.results.map((result) => makeResult(result, "h2", false)));
    this.leads.replaceChildren(...leads);
    this.more.hidden = found.total <= this.shown;
    this.save.hidden = !found.total;
    // Nothing cannot be narrowed; a filter that was chosen can be taken back.
    this.filters.hidden = !found.total && !this.chosen.size;
  }

  /** All results as CSV, not only those that are shown so far. */
  async saveAll() {
    try {
      const [{ saveResults }, { results }] = await Promise.all([import("./csv-files.js"), ask({ ...this.asked, count: this.total })]);
      this.status.textContent = await saveResults(results, this.dataset.files ?? "");
    } catch (error) {
      console.error(error);
      this.status.textContent = _("The file could not be loaded.");
    }
  }

  clear() {
    document.documentElement.removeAttribute("data-gp-asked");
    this.status.textContent = this.first;
    this.notes.replaceChildren(...makeRecent((query, exact) => this.ask(query, exact)));
    this.list();
    this.more.hidden = this.save.hidden = true;
    this.filters.hidden = false;
  }

  async showMore() {
    const turn = this.turn;
    try {
      const found = await ask({ ...this.asked, from: this.shown });
      if (turn !== this.turn) return;
      const added = found.results.map((result) => makeResult(result, "h2", false));
      this.results.append(...added);
      this.shown += added.length;
      this.more.hidden = this.shown >= this.total;
      this.status.textContent = fill(_("{number} of {results}"), { number: this.shown, results: countResults(this.total, this.searched) });
      added[0]?.querySelector("a")?.focus();
    } catch (error) {
      this.fail(error);
    }
  }

  /** @param {HTMLInputElement} box */
  choose(box) {
    const values = [...this.choices.querySelectorAll("input:checked")].filter((other) => other.name === box.name);
    if (values.length) this.chosen.set(box.name, values.map((other) => other.value));
    else this.chosen.delete(box.name);
    this.search(true);
  }

  /** @param {CountedFilter[]} facets */
  showFilters(facets) {
    const focused = document.activeElement && this.choices.contains(document.activeElement) ? document.activeElement.id : "";
    /** @type {(filters: CountedFilter[]) => HTMLElement[]} */
    const list = (filters) => filters.flatMap((filter) => this.makeFilter(filter) ?? []);
    const shown = list(facets.filter(({ id }) => FIRST.includes(id)));
    const others = list(facets.filter(({ id }) => !FIRST.includes(id)));
    if (others.length) shown.push(this.makeFold("more", _("More filters"), ...others));
    if (this.chosen.size) {
      const clear = make("button", { type: "button", class: "gp-search-page__clear", id: "gp-clear" }, _("Remove all filters"));
      clear.addEventListener("click", () => {
        this.chosen.clear();
        this.search(true);
        this.input.focus();
      });
      shown.unshift(clear);
    }
    this.choices.replaceChildren(...shown);
    if (focused) document.getElementById(focused)?.focus();
  }

  /** @param {CountedFilter} filter */
  makeFilter(filter) {
    const chosen = this.chosen.get(filter.id) ?? [];
    const values = filter.values.filter((value) => value.count || chosen.includes(value.id));
    if (!values.length) return null;
    const boxes = values.map((value, place) => {
      const id = `gp-${filter.id}-${place}`;
      const box = make("input", { type: "checkbox", id, name: filter.id, value: value.id });
      box.checked = chosen.includes(value.id);
      return make("label", { for: id }, box, make("span", {}, value.name), make("span", { class: "gp-search-page__count" }, `(${value.count})`));
    });
    const rest = boxes.length > VALUES + FEW ? boxes.slice(VALUES) : [];
    const group = make("fieldset", { class: "gp-search-page__choice" }, make("legend", { class: "gp-visually-hidden" }, filter.name), ...boxes.slice(0, boxes.length - rest.length));
    if (rest.length) {
      const hidden = make("div", { hidden: !rest.some((label) => label.querySelector("input:checked")) && !this.opened.has(`${filter.id}+`) }, ...rest);
      const all = make("button", { type: "button", class: "gp-search-page__clear", id: `gp-all-${filter.id}` }, fill(_("Show all {number}"), { number: boxes.length }));
      all.hidden = !hidden.hidden;
      all.addEventListener("click", () => {
        this.opened.add(`${filter.id}+`);
        hidden.hidden = false;
        all.hidden = true;
        rest[0].querySelector("input")?.focus();
      });
      group.append(hidden, all);
    }
    const name = chosen.length ? fill(_("{name} ({number} chosen)"), { name: filter.name, number: chosen.length }) : filter.name;
    return this.makeFold(filter.id, name, group);
  }

  /**
   * A part of the filters that stays open or closed as the reader left it.
   *
   * @param {string} id
   * @param {string} name
   * @param {Node[]} content
   */
  makeFold(id, name, ...content) {
    const details = make("details", { class: "gp-search-page__filter", open: this.opened.has(id) }, make("summary", { id: `gp-filter-${id}` }, name), ...content);
    details.addEventListener("toggle", () => (details.open ? this.opened.add(id) : this.opened.delete(id)));
    return details;
  }

  /** @param {unknown} error */
  fail(error) {
    console.error(error);
    this.filters.hidden = true;
    document.documentElement.removeAttribute("data-gp-asked");
    this.status.textContent = _("The search could not be loaded. These lists lead to every page:");
    this.notes.replaceChildren();
    this.list();
    this.more.hidden = this.save.hidden = true;
  }
}

customElements.define("gp-search-page", GpSearchPage);
