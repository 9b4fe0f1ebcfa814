// <gp-sheet>: a sheet that is filled in. What is typed is kept on the device, under the address of the page; it can be
// cleared, printed, copied, saved as a file and opened again from one; tables take more rows. Nothing is sent. Without the script the page is a form on
// paper.

import { readAmount, writeAmount } from "./amounts.js";
import { make, part } from "./elements.js";
import { saveFile } from "./saving.js";
import { copySheet } from "./sheet-copy.js";
import { addRows, findTables } from "./sheet-rows.js";
import { fill, join } from "./words.js";

/** @typedef {Record<string, unknown>} Values What stands in a sheet by the names of its places: texts, lists of ticks. */

/** What a saved file says of itself. */
const FORMAT = "goodpractice-sheet";
/** No sheet that somebody filled in by hand takes so many bytes. */
const MOST = 1e6;

/** @param {HTMLInputElement | HTMLTextAreaElement} entry */
function isTick(entry) {
  return entry instanceof HTMLInputElement && ["checkbox", "radio"].includes(entry.type);
}

/**
 * Values from storage or from a file, which may hold anything.
 *
 * @param {unknown} found
 * @returns {Values | null}
 */
function asValues(found) {
  return typeof found === "object" && !Array.isArray(found) ? /** @type {Values | null} */ (found) : null;
}

class GpSheet extends HTMLElement {
  constructor() {
    super();
    this.status = part(this, ".gp-sheet__status", HTMLElement);
    this.key = `gp-sheet:${location.pathname}`;
    /** @type {Values} */
    this.former = {};
    this.addEventListener("input", ({ target }) => target instanceof Element && target.matches("[name]") && this.keep());
    this.addEventListener("click", ({ target }) => {
      const button = target instanceof Element && target.closest("button");
      if (button) this.do(button);
    });
    this.chosen = part(this, "input[type=file]", HTMLInputElement);
    this.chosen.addEventListener("change", () => this.open(this.chosen));
    addEventListener("storage", ({ key }) => key === this.key && this.show(this.load()));
    addEventListener("afterprint", () => document.documentElement.removeAttribute("data-gp-print"));
    this.show(this.load());
  }

  /** @returns {NodeListOf<HTMLInputElement | HTMLTextAreaElement>} */
  get entries() {
    return this.querySelectorAll("[name]");
  }

  /** @param {HTMLButtonElement} button */
  do(button) {
    const what = button.dataset.does;
    // What is said stands beside the button that was pressed: the tools are above the sheet, and below it.
    const tools = button.closest(".gp-sheet__tools");
    if (tools && !tools.contains(this.status)) {
      this.status.textContent = "";
      this.status = part(tools, ".gp-sheet__status", HTMLElement);
    }
    if (what === "print") {
      document.documentElement.dataset.gpPrint = "sheet";
      print();
    } else if (what === "save") this.save();
    else if (what === "copy") void this.copy();
    else if (what === "add") this.grow(button);
    else if (what === "offer") void this.offer(button);
    else if (what === "open") this.chosen.click();
    else if (what === "clear") this.replace({}, _("The sheet is empty again."));
    else if (what === "undo") this.replace(this.former, _("What was there is back."));
  }

  read() {
    /** @type {Record<string, string | string[]>} */
    const values = {};
    for (const entry of this.entries) {
      const { name, value } = entry;
      if (!isTick(entry)) {
        if (value) values[name] = value;
      } else if (entry instanceof HTMLInputElement && entry.checked) values[name] = [...(values[name] ?? []), value];
    }
    return values;
  }

  /** @param {HTMLButtonElement} button */
  grow(button) {
    const table = findTables(this).find((one) => one.parentElement?.contains(button));
    if (!table) return;
    addRows(table, table.tBodies[0].rows.length + 1);
    part([...table.tBodies[0].rows].at(-1) ?? table, "[name]", HTMLElement).focus();
    this.follow();
  }

  /** @param {Values} values */
  show(values) {
    for (const table of findTables(this)) addRows(table, 0, Object.keys(values));
    for (const entry of this.entries) {
      const value = Object.hasOwn(values, entry.name) ? values[entry.name] : "";
      if (entry instanceof HTMLInputElement && isTick(entry)) entry.checked = Array.isArray(value) && value.includes(entry.value);
      else entry.value = typeof value === "string" ? value : "";
    }
    this.follow();
  }

  /** Fields as high as their texts, and the sums of the columns. */
  follow() {
    for (const entry of this.entries) if (entry instanceof HTMLTextAreaElement && entry.parentElement) entry.parentElement.dataset.value = entry.value;
    for (const table of this.querySelectorAll("table")) this.sum(table);
  }

  /** @param {HTMLTableElement} table */
  sum(table) {
    const { lang } = document.documentElement;
    /** @type {string[]} */
    const unread = [];
    let together = 0;
    for (const output of table.tFoot?.querySelectorAll("output") ?? []) {
      const { cellIndex } = /** @type {HTMLTableCellElement} */ (output.parentElement);
      const column = [...table.tBodies[0].rows].map((row) => part(row.cells[cellIndex], "[name]", HTMLInputElement));
      const amounts = column.map((entry) => readAmount(entry.value));
      for (const [at, entry] of column.entries()) {
        const isUnread = Number.isNaN(amounts[at]);
        if (isUnread) unread.push(entry.value);
        entry.setAttribute("aria-invalid", String(isUnread));
      }
      const sum = amounts.reduce((before, amount) => before + (amount || 0), 0);
      output.value = column.some((entry) => entry.value) ? writeAmount(sum, lang) : "";
      together += sum;
    }
    const box = /** @type {HTMLElement} */ (table.parentElement);
    const whole = box.querySelector("p output");
    if (whole) whole.textContent = together ? writeAmount(together, lang) : "";
    const said = box.querySelector(".gp-sheet__unread");
    if (said) said.textContent = unread.length ? fill(_("Not a number, and left out of the sum: {values}."), { values: join(unread) }) : "";
  }

  load() {
    try {
      return asValues(JSON.parse(localStorage.getItem(this.key) ?? "{}")) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    this.follow();
    const values = this.read();
    try {
      if (Object.keys(values).length) localStorage.setItem(this.key, JSON.stringify(values));
      else localStorage.removeItem(this.key);
    } catch {
      this.say(_("This browser keeps nothing: save the sheet as a file before you leave the page."));
    }
  }

  /**
   * Put other values in the place of all that is there, which can be taken back.
   *
   * @param {Values} values
   * @param {string} said
   */
  replace(values, said) {
    this.former = this.read();
    this.show(values);
    this.say(said);
    this.keep();
    if (!Object.keys(this.former).length) return;
    this.status.append(" ", make("button", { type: "button", class: "gp-button gp-button--outlined", "data-does": "undo" }, _("Undo")));
  }

  /** @param {string} text */
  say(text) {
    // The button that was pressed may go: the reader stays at the tools.
    const tools = this.status.parentElement ?? this;
    if (this.status.contains(document.activeElement)) part(tools, ".gp-button", HTMLElement).focus();
    this.status.textContent = text;
  }

  /** @param {HTMLButtonElement} button */
  async offer(button) {
    const said = part(button.closest(".gp-sheet__offers") ?? this, ".gp-sheet__status", HTMLElement);
    try {
      said.textContent = await (await import("./sheet-offers.js")).offerWhatFits(button, this.entries);
    } catch (error) {
      console.error(error);
      said.textContent = _("The search could not be loaded. All of them are listed below.");
    }
  }

  async copy() {
    try {
      await copySheet(this);
      this.say(_("Copied. Paste it into a text of Word or LibreOffice, or into a message."));
    } catch {
      this.say(_("This browser does not let the page copy. Save the sheet as a file, or print it."));
    }
  }

  save() {
    const { sheet } = this.dataset;
    const text = `${JSON.stringify({ format: FORMAT, sheet, values: this.read() }, null, 2)}\n`;
    const download = `${sheet}.json`;
    saveFile(download, [text], "application/json");
    this.say(fill(_("Saved as {file}. Whoever has the file can open it on this page."), { file: download }));
  }

  /** @param {HTMLInputElement} input */
  async open(input) {
    const file = input.files?.[0];
    if (!file) return;
    let found = null;
    try {
      found = file.size < MOST ? asValues(JSON.parse(await file.text())) : null;
    } catch {
      // Said below.
    }
    input.value = "";
    const values = found?.format === FORMAT ? asValues(found.values) : null;
    if (!values) this.say(fill(_("{file} is no saved sheet. Nothing was changed."), { file: file.name }));
    else if (found?.sheet !== this.dataset.sheet) this.say(fill(_("{file} belongs to another sheet. Nothing was changed."), { file: file.name }));
    else this.replace(values, fill(_("{file} is open."), { file: file.name }));
  }
}

customElements.define("gp-sheet", GpSheet);
