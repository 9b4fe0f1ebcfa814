// <gp-search-page>: the search with filters. The address holds words and filters, so that a search can be sent on.
// Without the script, and when the search cannot be loaded, the page is a list of lists. Until somebody writes or opens the
// filters, nothing is loaded but this.

import { ask, countResults, fill, listRole, make, makeNotes, makeResult } from "./search-client.js";

const PAUSE = 120;
const PAGE = 10;
/** Values of a filter that are shown at once; the rest follow on demand. */
const VALUES = 12;
/** So many more are shown, too: a button to show them would spare nobody anything. */
const FEW = 3;
const OPEN = ["kind", "theme"];
/** In the history, the entry of a query that is being written. */
const WRITING = "writing";

class GpSearchPage extends HTMLElement {
  connectedCallback() {
    if (this.form) return;
    const part = (name) => this.querySelector(`.gp-search-page__${name}`);
    this.form = part("form");
    this.input = part("input");
    this.filters = part("filters");
    this.choices = part("choices");
    this.status = part("status");
    this.notes = part("notes");
    this.results = part("results");
    this.more = part("more");
    this.skip = part("skip");
    this.chosen = new Map();
    this.opened = new Set(OPEN);
    this.turn = 0;
    this.first = this.status.textContent;
    this.title = document.title;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.search(true);
    });
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(false), PAUSE);
    });
    // Somebody who is about to write waits less.
    this.input.addEventListener("focus", () => ask().catch(() => {}), { once: true });
    this.filters.addEventListener("toggle", () => this.filters.open && !this.choices.firstChild && this.count());
    this.choices.addEventListener("change", (event) => this.choose(event.target));
    this.more.addEventListener("click", () => this.showMore());
    // A link within the page is no other search: results that were drawn anew would lose the focus.
    window.addEventListener("popstate", () => location.search !== this.address && this.read());
    this.read();
  }

  read() {
    this.address = location.search;
    const address = new URLSearchParams(this.address);
    this.input.value = address.get("q") ?? "";
    this.chosen = new Map();
    for (const name of address.keys()) if (name !== "language" && name !== "q") this.chosen.set(name, address.getAll(name));
    for (const name of this.chosen.keys()) this.opened.add(name);
    this.search(null);
  }

  /**
   * The address follows what is shown. A search that was sent off, and each choice, is a step to go back to; while a
   * query is being written, one entry of the history follows it.
   */
  write(step) {
    const address = new URL(location.href);
    const language = address.searchParams.get("language");
    address.search = "";
    address.hash = "";
    if (language) address.searchParams.append("language", language);
    const query = this.input.value.trim();
    if (query) address.searchParams.append("q", query);
    for (const [name, values] of this.chosen) for (const value of values) address.searchParams.append(name, value);
    this.address = address.search;
    const writing = history.state === WRITING;
    const state = step ? null : WRITING;
    if (address.href === location.href) {
      if (step && writing) history.replaceState(state, "", address);
    } else if (writing) history.replaceState(state, "", address);
    else history.pushState(state, "", address);
  }

  async search(step) {
    const query = this.input.value.trim();
    const turn = ++this.turn;
    if (step !== null) this.write(step);
    const filtered = this.chosen.size > 0;
    this.asked = { query, filters: Object.fromEntries(this.chosen), count: PAGE };
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
      if (turn === this.turn) this.showFilters(counted.facets);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  /** Whether the filters stand beside the results; the style sheet decides it by the room there is. */
  isBeside() {
    return getComputedStyle(this.querySelector(".gp-search-page__body")).gridTemplateColumns.split(" ").length > 1;
  }

  list(...results) {
    this.results.replaceChildren(...results);
    listRole(this.results);
    this.skip.hidden = !results.length;
  }

  show(found) {
    document.documentElement.toggleAttribute("data-gp-asked", found.total > 0);
    this.asked.query = found.meant?.query ?? this.asked.query;
    this.total = found.total;
    this.status.textContent = countResults(found.total, this.asked.query);
    if (!found.total) this.status.append(". ", _("Try other words or fewer filters, or one of the lists below."));
    this.notes.replaceChildren(...makeNotes(found));
    this.list(...found.results.map((result) => makeResult(result, "h2", false)));
    this.more.hidden = found.total <= found.results.length;
  }

  clear() {
    document.documentElement.removeAttribute("data-gp-asked");
    this.status.textContent = this.first;
    this.notes.replaceChildren();
    this.list();
    this.more.hidden = true;
  }

  async showMore() {
    const turn = this.turn;
    const from = this.results.children.length;
    try {
      const found = await ask({ ...this.asked, from });
      if (turn !== this.turn) return;
      const added = found.results.map((result) => makeResult(result, "h2", false));
      this.results.append(...added);
      this.more.hidden = from + added.length >= this.total;
      const shown = { number: from + added.length, results: countResults(this.total, this.asked.query) };
      this.status.textContent = fill(_("{number} of {results}"), shown);
      added[0]?.querySelector("a").focus();
    } catch (error) {
      this.fail(error);
    }
  }

  choose(box) {
    const values = [...this.choices.querySelectorAll("input:checked")].filter((other) => other.name === box.name);
    if (values.length) this.chosen.set(box.name, values.map((other) => other.value));
    else this.chosen.delete(box.name);
    this.search(true);
  }

  showFilters(facets) {
    const focused = this.choices.contains(document.activeElement) ? document.activeElement.id : "";
    const shown = facets.map((filter) => this.makeFilter(filter)).filter(Boolean);
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
      const hidden = make("div", { hidden: !rest.some((label) => label.querySelector("input").checked) && !this.opened.has(`${filter.id}+`) }, ...rest);
      const all = make("button", { type: "button", class: "gp-search-page__clear", id: `gp-all-${filter.id}` }, fill(_("Show all {number}"), { number: boxes.length }));
      all.hidden = !hidden.hidden;
      all.addEventListener("click", () => {
        this.opened.add(`${filter.id}+`);
        hidden.hidden = false;
        all.hidden = true;
        rest[0].querySelector("input").focus();
      });
      group.append(hidden, all);
    }
    const details = make(
      "details",
      { class: "gp-search-page__filter", open: this.opened.has(filter.id) },
      make("summary", { id: `gp-filter-${filter.id}` }, chosen.length ? fill(_("{name} ({number} chosen)"), { name: filter.name, number: chosen.length }) : filter.name),
      group,
    );
    details.addEventListener("toggle", () => (details.open ? this.opened.add(filter.id) : this.opened.delete(filter.id)));
    return details;
  }

  fail(error) {
    console.error(error);
    this.filters.hidden = true;
    document.documentElement.removeAttribute("data-gp-asked");
    this.status.textContent = _("The search could not be loaded. These lists lead to every page:");
    this.notes.replaceChildren();
    this.list();
    this.more.hidden = true;
  }
}

customElements.define("gp-search-page", GpSearchPage);
