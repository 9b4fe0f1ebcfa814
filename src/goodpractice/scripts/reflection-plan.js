// The plan below a reflection: who does what by when, as rows to fill in, as a list on paper, and as a calendar file.

import { writeCalendar } from "./calendar-file.js";
import { make, part } from "./elements.js";
import { isDay } from "./reflection-model.js";
import { sayDay } from "./reflection-picture.js";
import { saveFile } from "./saving.js";
import { count, fill } from "./words.js";

/**
 * @typedef {import("./reflection-model.js").Action} Action
 * @typedef {import("./reflection-model.js").Dimension} Dimension
 */

const FILE = "reflection.ics";
const LONGEST = { what: 4000, who: 120 };

/** @param {Action} action */
const isWritten = ({ what, who, when }) => Boolean(what.trim() || who.trim() || when);

export class Plan {
  /**
   * @param {HTMLElement} root
   * @param {Dimension[]} dimensions
   * @param {(action: Action) => void} changed Is told of every change.
   */
  constructor(root, dimensions, changed) {
    this.body = part(root, ".gp-reflection__actions tbody", HTMLElement);
    this.printed = part(root, ".gp-reflection__planned", HTMLElement);
    // The empty rows are there for those who print the page without scripts.
    this.body.replaceChildren();
    this.dimensions = dimensions;
    this.changed = changed;
  }

  /**
   * Show these actions. Rows that are there stay, and whoever types in one goes on typing.
   *
   * @param {Action[]} actions
   */
  show(actions) {
    /** @type {Map<string, HTMLElement>} */
    const rows = new Map();
    for (const row of this.body.querySelectorAll("tr")) rows.set(row.dataset.action ?? "", row);
    for (const [id, row] of rows) if (!actions.some((action) => action.id === id)) row.remove();
    for (const [at, action] of actions.entries()) {
      const row = rows.get(action.id) ?? this.makeRow(action, at);
      for (const field of row.querySelectorAll("[data-field]")) {
        const entry = /** @type {HTMLInputElement} */ (field);
        const value = action[/** @type {keyof Action} */ (entry.dataset.field)];
        if (entry.value !== value) entry.value = value;
      }
      if (!row.isConnected) this.body.append(row);
    }
    this.print(actions);
  }

  /**
   * @param {Action} action
   * @param {number} at
   */
  makeRow(action, at) {
    const names = { dimension: _("Line"), what: _("What"), who: _("Who"), when: _("By when") };
    const options = [{ id: "", name: _("Another matter") }, ...this.dimensions].map(({ id, name }) => make("option", { value: id }, name));
    const say = (/** @type {keyof typeof names} */ field) => ({ "data-field": field, class: `gp-reflection__entry gp-reflection__entry--${field}`, "aria-label": fill(_("{field}, action {number}"), { field: names[field], number: at + 1 }) });
    const fields = {
      what: make("textarea", { ...say("what"), rows: 2, maxlength: LONGEST.what }),
      who: make("input", { ...say("who"), type: "text", maxlength: LONGEST.who, autocomplete: "off" }),
      when: make("input", { ...say("when"), type: "date" }),
      dimension: make("select", say("dimension"), ...options),
    };
    const cells = Object.entries(fields).map(([field, entry]) => {
      entry.addEventListener("input", () => this.read(action, entry));
      return make("td", { role: "cell" }, make("span", { class: "gp-reflection__column", "aria-hidden": "true" }, names[/** @type {keyof typeof names} */ (field)]), entry);
    });
    const away = make("button", { type: "button", class: "gp-button gp-button--outlined", "data-does": "remove-action", "data-action": action.id, "aria-label": fill(_("Remove action {number}"), { number: at + 1 }) }, _("Remove"));
    return make("tr", { role: "row", "data-action": action.id }, ...cells, make("td", { role: "cell" }, away));
  }

  /**
   * @param {Action} action
   * @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} entry
   */
  read(action, entry) {
    const field = /** @type {"what" | "who" | "when" | "dimension"} */ (entry.dataset.field);
    this.changed({ ...action, ...this.rowOf(action.id), [field]: entry.value });
  }

  /**
   * What stands in the row of an action.
   *
   * @param {string} id
   */
  rowOf(id) {
    /** @type {Record<string, string>} */
    const values = {};
    for (const field of this.body.querySelectorAll(`[data-action="${id}"] [data-field]`)) {
      const entry = /** @type {HTMLInputElement} */ (field);
      values[entry.dataset.field ?? ""] = entry.value;
    }
    return values;
  }

  /**
   * Put the focus into the row at a place, or into the last.
   *
   * @param {number} at
   * @returns {boolean} Whether there is any.
   */
  focus(at) {
    const entries = this.body.querySelectorAll("textarea");
    const entry = entries[Math.min(at, entries.length - 1)];
    entry?.focus();
    return Boolean(entry);
  }

  /**
   * The same as a list, for paper.
   *
   * @param {Action[]} actions
   */
  print(actions) {
    const { lang } = document.documentElement;
    const entries = actions.filter(isWritten).map((action) => {
      const day = action.when && isDay(action.when) ? sayDay(action.when, lang) : _("No day yet");
      const about = this.nameOf(action);
      const more = [action.who.trim(), about].filter(Boolean).join(", ");
      return make("li", {}, make("strong", {}, `${day}: `), action.what.trim(), more ? ` (${more})` : "");
    });
    this.printed.replaceChildren(...(entries.length ? entries : [make("li", {}, _("Nothing is planned yet."))]));
  }

  /** @param {Action} action */
  nameOf({ dimension }) {
    return this.dimensions.find(({ id }) => id === dimension)?.name ?? "";
  }

  /**
   * Save the days as a calendar file.
   *
   * @param {Action[]} actions
   * @returns {string} What was saved, in a sentence.
   */
  save(actions) {
    const dated = actions.filter((action) => action.what.trim() && isDay(action.when));
    if (!dated.length) return _("No action has both a text and a day yet.");
    const entries = dated.map((action) => {
      const title = action.who.trim() ? `${action.what.trim()} (${action.who.trim()})` : action.what.trim();
      return { id: action.id, date: action.when, title, text: this.nameOf(action) };
    });
    const file = writeCalendar(_("What we do next"), entries, location.host, new Date().toJSON());
    saveFile(FILE, [file], "text/calendar");
    return count(_n("Saved as {file}, with {number} day. Open it in your calendar.", "Saved as {file}, with {number} days. Open it in your calendar."), dated.length, { file: FILE });
  }
}
