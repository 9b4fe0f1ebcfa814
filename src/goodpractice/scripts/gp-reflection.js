// <gp-reflection>: where people stand on the dimensions of equity, and where they want to be. What they mark is kept on
// the device, under the address of the page; it can be saved as a file, merged with the files of others, drawn, planned
// from, printed and deleted. Nothing is sent. Without the script the page is a form on paper.

import { make, part } from "./elements.js";
import { begin, findWidest, fits, gatherRounds, isDay, isMarked, merge, MOST_BYTES, nameViews, orderViews, readReflection, UnreadableError, writeReflection } from "./reflection-model.js";
import { sayDay } from "./reflection-picture.js";
import { Plan } from "./reflection-plan.js";
import { Report } from "./reflection-report.js";
import { saveFile } from "./saving.js";
import { fill, join } from "./words.js";

/**
 * @typedef {import("./reflection-model.js").Dimension} Dimension
 * @typedef {import("./reflection-model.js").Round} Round
 * @typedef {import("./reflection-model.js").View} View
 */

const FILE = "reflection.json";

const REASONS = {
  foreign: _("{file} is no saved reflection. Nothing was changed."),
  broken: _("{file} is damaged: a part of it cannot be read. Nothing was changed."),
  newer: _("{file} was saved by a later version of this page. Load the page anew and try again. Nothing was changed."),
  other: _("{file} was saved on a page with other lines. Nothing was changed."),
  full: _("With {file} there would be more than this page can hold. Nothing was changed."),
};

/** Today where the reader is, in ISO 8601. */
function findToday() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toJSON().slice(0, 10);
}

/** A name that nobody else has. */
const makeId = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const stamp = () => new Date().toJSON();

/** @returns {Round} */
const beginRound = () => ({ date: findToday(), changed: stamp(), marks: {} });

/** @returns {View} */
const beginView = () => ({ id: makeId(), name: "", side: "", changed: stamp(), rounds: [beginRound()] });

/** @param {View} view */
const isBlank = ({ name, rounds }) => !name.trim() && !rounds.some(isMarked);

class GpReflection extends HTMLElement {
  constructor() {
    super();
    this.key = `gp-reflection:${location.pathname}`;
    this.sections = [...this.querySelectorAll("section")].filter((section) => section.dataset.dimension);
    this.dimensions = this.sections.map((section) => this.readDimension(section));
    this.who = part(this, "#reflection-view", HTMLSelectElement);
    this.named = part(this, "#reflection-name", HTMLInputElement);
    this.day = part(this, "#reflection-date", HTMLInputElement);
    this.rounds = part(this, "#reflection-round", HTMLSelectElement);
    this.report = new Report(this, this.dimensions);
    this.chosen = part(this, "input[type=file]", HTMLInputElement);
    this.plan = new Plan(this, this.dimensions, (action) => {
      const at = this.all.actions.findIndex(({ id }) => id === action.id);
      if (at >= 0) this.all.actions[at] = { ...action, changed: stamp() };
      this.plan.print(this.all.actions);
      this.keep();
    });
    this.all = begin();
    this.view = beginView();
    this.round = this.view.rounds[0];
    this.former = "";
    this.addEventListener("click", ({ target }) => target instanceof HTMLButtonElement && this.do(target));
    this.addEventListener("input", ({ target }) => this.read(/** @type {HTMLElement} */ (target)));
    this.addEventListener("change", ({ target }) => this.follow(/** @type {HTMLElement} */ (target)));
    addEventListener("storage", ({ key }) => key === this.key && this.load());
    addEventListener("beforeprint", () => (document.documentElement.dataset.gpPrint ??= this.gather().length ? "report" : "form"));
    addEventListener("afterprint", () => document.documentElement.removeAttribute("data-gp-print"));
    this.load();
  }

  /**
   * @param {HTMLElement} section
   * @returns {Dimension}
   */
  readDimension(section) {
    const steps = [...section.querySelectorAll(".gp-reflection__words")].map((words) => words.textContent ?? "");
    return { id: section.dataset.dimension ?? "", name: section.querySelector("h3")?.firstChild?.textContent?.trim() ?? "", steps };
  }

  /** Show what the device keeps. */
  load() {
    let at = "";
    let kept;
    try {
      kept = localStorage.getItem(this.key);
      this.all = kept ? readReflection(kept) : begin();
      at = kept ? JSON.parse(kept).at : "";
    } catch (error) {
      this.all = begin();
      if (kept && error instanceof UnreadableError) {
        localStorage.setItem(`${this.key}:unread`, kept);
        this.say(_("What this browser kept here cannot be read by this version of the page. It is set aside until you delete everything."));
      }
    }
    this.open(at);
  }

  /**
   * Show a view, the first, or a new one, and everything around it.
   *
   * @param {string} [id]
   * @param {string} [date] Of its round; the latest when not given.
   */
  open(id = "", date = "") {
    const views = orderViews(this.all.views);
    this.view = views.find((view) => view.id === id) ?? views[0] ?? beginView();
    if (!this.all.views.includes(this.view)) this.all.views.push(this.view);
    if (!this.view.rounds.length) this.view.rounds.push(beginRound());
    const latest = this.view.rounds[this.view.rounds.length - 1];
    this.round = this.view.rounds.find((round) => round.date === date) ?? latest;
    this.showForm();
    this.plan.show(this.all.actions);
    this.showReport();
  }

  gather() {
    return gatherRounds(this.all.views);
  }

  showForm() {
    const names = nameViews(this.all.views);
    this.who.replaceChildren(...orderViews(this.all.views).map(({ id }) => make("option", { value: id, selected: id === this.view.id }, names.get(id) ?? "")));
    const { lang } = document.documentElement;
    this.rounds.replaceChildren(...this.view.rounds.map(({ date }) => make("option", { value: date, selected: date === this.round.date }, sayDay(date, lang))));
    put(this.named, this.view.name);
    put(this.day, this.round.date);
    for (const entry of this.querySelectorAll("input")) if (entry.name === "side") entry.checked = entry.value === this.view.side;
    for (const section of this.sections) {
      const id = section.dataset.dimension ?? "";
      const mark = Object.hasOwn(this.round.marks, id) ? this.round.marks[id] : {};
      for (const radio of section.querySelectorAll("input")) radio.checked = radio.value === String(mark[/** @type {"now" | "wanted"} */ (radio.dataset.mark)] ?? "");
      put(part(section, "textarea", HTMLTextAreaElement), mark.why ?? "");
    }
  }

  showReport() {
    const gathered = this.gather();
    this.toggleAttribute("data-marked", gathered.length > 0);
    this.report.show(gathered);
  }

  /** Keep everything on the device; nothing is kept of nothing. */
  keep() {
    const views = this.all.views.filter((view) => !isBlank(view));
    const text = writeReflection({ views, actions: this.all.actions });
    try {
      if (views.length || this.all.actions.length) localStorage.setItem(this.key, JSON.stringify({ ...JSON.parse(text), at: this.view.id }));
      else localStorage.removeItem(this.key);
    } catch {
      this.say(_("This browser keeps nothing: save a file before you leave the page."));
    }
  }

  /**
   * What was typed or marked is kept at once.
   *
   * @param {HTMLElement} entry
   */
  read(entry) {
    const section = entry.closest("section");
    if (section instanceof HTMLElement && section.dataset.dimension) {
      const marks = this.round.marks;
      const id = section.dataset.dimension;
      const mark = (marks[id] = { ...(Object.hasOwn(marks, id) ? marks[id] : {}) });
      if (entry instanceof HTMLTextAreaElement) mark.why = entry.value || undefined;
      else if (entry instanceof HTMLInputElement) mark[/** @type {"now" | "wanted"} */ (entry.dataset.mark)] = Number(entry.value);
      this.round.changed = stamp();
    } else if (entry === this.named) this.view.name = this.named.value;
    else if (entry instanceof HTMLInputElement && entry.name === "side") this.view.side = entry.value;
    else return;
    if (!section) this.view.changed = stamp();
    this.keep();
  }

  /**
   * What is shown follows when a field is left, or when a choice is made.
   *
   * @param {HTMLElement} entry
   */
  follow(entry) {
    if (entry === this.chosen) void this.add([...(this.chosen.files ?? [])]);
    else if (entry === this.who) this.open(this.who.value);
    else if (entry === this.rounds) this.open(this.view.id, this.rounds.value);
    else if (entry === this.report.shown) this.showReport();
    else if (entry === this.day) this.move(this.day.value);
    else {
      this.showForm();
      this.showReport();
    }
  }

  /** @param {string} date */
  move(date) {
    if (!isDay(date) || this.view.rounds.some((round) => round !== this.round && round.date === date)) {
      this.day.value = this.round.date;
      this.say(_("Choose a day that no other round of these marks has."), this.day);
      return;
    }
    this.round.date = date;
    this.round.changed = stamp();
    this.view.rounds.sort((a, b) => (a.date < b.date ? -1 : 1));
    this.keep();
    this.open(this.view.id, date);
  }

  /** @param {HTMLButtonElement} button */
  do(button) {
    const actions = {
      "add-view": () => this.addView(button),
      "remove-view": () => this.removeView(button),
      "add-round": () => this.addRound(button),
      unmark: () => this.unmark(button),
      "add-action": () => this.addAction(button),
      "remove-action": () => this.removeAction(button),
      calendar: () => this.say(this.plan.save(this.all.actions), button),
      save: () => this.save(button),
      add: () => this.chosen.click(),
      print: () => print(),
      delete: () => this.delete(button),
      undo: () => this.undo(button),
    };
    const does = /** @type {keyof typeof actions} */ (button.dataset.does);
    if (does in actions) actions[does]();
  }

  /** @param {HTMLElement} button */
  addView(button) {
    if (isBlank(this.view)) this.say(_("These marks are still empty: give them a name first."), button);
    else if (!fits({ ...this.all, views: [...this.all.views, this.view] })) this.say(_("This page can hold no more."), button);
    else {
      const view = beginView();
      this.all.views.push(view);
      this.open(view.id);
    }
    this.named.focus();
  }

  /** @param {HTMLElement} button */
  removeView(button) {
    const views = this.all.views.filter((view) => view !== this.view);
    const name = nameViews(this.all.views).get(this.view.id) ?? "";
    this.replace({ ...this.all, views }, fill(_("The marks of {name} are gone."), { name }), button);
  }

  /** @param {HTMLElement} button */
  addRound(button) {
    const round = beginRound();
    const full = !fits({ views: [{ ...this.view, rounds: [...this.view.rounds, round] }], actions: [] });
    if (full) this.say(_("This page can hold no more."), button);
    else if (this.view.rounds.some(({ date }) => date === round.date)) this.say(_("There is a round of today already. If it was earlier, change its day."), button);
    else {
      this.view.rounds.push(round);
      this.view.rounds.sort((a, b) => (a.date < b.date ? -1 : 1));
      this.open(this.view.id, round.date);
      this.say(_("A new round begins. The earlier marks stay."), button);
    }
  }

  /** @param {HTMLElement} button */
  unmark(button) {
    const section = button.closest("section");
    delete this.round.marks[section?.dataset.dimension ?? ""];
    this.round.changed = stamp();
    this.keep();
    this.showForm();
    this.showReport();
  }

  /** @param {HTMLElement} button */
  addAction(button) {
    const widest = this.gather().at(-1);
    const dimension = widest ? (findWidest(widest, this.dimensions)[0]?.id ?? "") : "";
    const action = { id: makeId(), dimension, what: "", who: "", when: "", changed: stamp() };
    if (!fits({ ...this.all, actions: [...this.all.actions, action] })) {
      this.say(_("This page can hold no more."), button);
      return;
    }
    this.all.actions.push(action);
    this.plan.show(this.all.actions);
    this.plan.focus(Infinity);
    this.keep();
  }

  /** @param {HTMLButtonElement} button */
  removeAction(button) {
    const at = this.all.actions.findIndex(({ id }) => id === button.dataset.action);
    const actions = this.all.actions.filter((_action, place) => place !== at);
    const adds = part(this, "[data-does=add-action]", HTMLElement);
    this.replace({ ...this.all, actions }, _("The action is gone."), adds);
    if (!this.plan.focus(at)) adds.focus();
  }

  /** @param {HTMLElement} button */
  save(button) {
    const views = this.all.views.filter((view) => !isBlank(view));
    saveFile(FILE, [writeReflection({ views, actions: this.all.actions })], "application/json");
    this.say(fill(_("Saved as {file}. It holds the names, marks and reasons of everybody who is listed here."), { file: FILE }), button);
  }

  /**
   * Merge files with what is here: all of them, or none.
   *
   * @param {File[]} files
   */
  async add(files) {
    let merged = { ...this.all, views: this.all.views.filter((view) => !isBlank(view)) };
    let name = "";
    try {
      for (const file of files) {
        name = file.name;
        if (file.size > MOST_BYTES) throw new UnreadableError("foreign");
        merged = merge(merged, readReflection(await file.text(), this.dimensions));
        if (!fits(merged)) throw new UnreadableError("full");
      }
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.say(fill(REASONS[error.reason], { file: name }), this.chosen);
      return;
    } finally {
      this.chosen.value = "";
    }
    if (files.length) this.replace(merged, fill(_("Added: {files}."), { files: join(files.map((file) => file.name)) }), this.chosen);
  }

  /**
   * Put something else in the place of all that is there, which can be taken back.
   *
   * @param {import("./reflection-model.js").Reflection} all
   * @param {string} said
   * @param {HTMLElement} near
   */
  replace(all, said, near) {
    const former = writeReflection(this.all);
    this.all = all;
    this.open(this.view.id);
    this.keep();
    const status = this.say(said, near);
    this.former = former;
    status.append(" ", make("button", { type: "button", class: "gp-button gp-button--outlined", "data-does": "undo" }, _("Undo")));
  }

  /** @param {HTMLElement} button */
  delete(button) {
    this.replace(begin(), _("Everything is deleted from this device."), button);
    localStorage.removeItem(`${this.key}:unread`);
  }

  /** @param {HTMLElement} button */
  undo(button) {
    this.all = readReflection(this.former);
    this.open(this.view.id);
    this.keep();
    const status = this.say(_("What was there is back."), button);
    status.setAttribute("tabindex", "-1");
    status.focus();
  }

  /**
   * Say something beside what was done.
   *
   * @param {string} text
   * @param {Element} [near]
   * @returns {HTMLElement} What says it.
   */
  say(text, near) {
    const statuses = [...this.querySelectorAll("[role=status]")].map((status) => /** @type {HTMLElement} */ (status));
    const [first] = statuses;
    const own = near?.closest(".gp-reflection__tools")?.querySelector("[role=status]");
    const status = statuses.find((one) => one === own) ?? first;
    for (const other of statuses) if (other !== status) other.textContent = "";
    status.textContent = text;
    return status;
  }
}

/**
 * A value that is there already is left alone, and with it the place where somebody types.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} entry
 * @param {string} value
 */
function put(entry, value) {
  if (entry.value !== value) entry.value = value;
}

customElements.define("gp-reflection", GpReflection);
